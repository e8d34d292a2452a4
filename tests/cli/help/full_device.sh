[ -c /dev/full ] || { echo "there is no /dev/full" >&2; exit 77; }
ttag --help >/dev/full
