ttag --help >&-
