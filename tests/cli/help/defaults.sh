# defaults come from the library's own initial options
ttag train --dump-options | cut -f 1,4 | awk -F '\t' '$2 != ""'
