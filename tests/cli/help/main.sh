ttag --help
