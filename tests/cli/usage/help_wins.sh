# required options may be missing, but what stands before --help must be right
. "$LIB"
ttag train --help | head -n 1
code ttag train --nonsense --help
