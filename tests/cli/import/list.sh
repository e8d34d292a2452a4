. "$LIB"
code ttag import --list
