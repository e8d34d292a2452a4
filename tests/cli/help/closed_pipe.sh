. "$LIB"
ttag help train | true
code echo "${PIPESTATUS[0]}"
