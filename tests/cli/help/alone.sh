ttag-classify --help | grep ttag
ttag-classify --version
