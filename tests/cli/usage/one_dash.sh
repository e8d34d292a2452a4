. "$LIB"
code ttag train -seed 3
code ttag train -qv
