ttag
