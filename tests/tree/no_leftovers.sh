#!/bin/sh
# Nothing unfinished, no path of somebody's machine, no large file: no_leftovers.sh TOP
cd "$1" || exit 2

# What git tracks or would add; without git, all but what is made.
list() {
    git ls-files --cached --others --exclude-standard 2>/dev/null | grep . ||
        find . \( -name .git -o -name build -o -name demo -o -name __pycache__ \) -prune \
            -o -type f -print | sed 's,^\./,,'
}

files=$(mktemp) || exit 2
trap 'rm -f "$files"' EXIT
list | grep -v '^tests/tree/no_leftovers\.sh$' | while IFS= read -r file; do
    [ -f "$file" ] && printf '%s\n' "$file"
done >"$files"

status=0
xargs -d '\n' grep -nIE '\b(TODO|FIXME|XXX)\b' <"$files" && status=1
xargs -d '\n' grep -nIE '(^|[^[:alnum:]_.])/(work|root|home)/[[:alnum:]]' <"$files" && status=1
while IFS= read -r file; do
    size=$(wc -c <"$file")
    [ "$size" -le 5242880 ] || { echo "$file: $size bytes; expected at most 5 MiB"; status=1; }
done <"$files"
[ $status = 0 ] && echo "no leftovers in $(wc -l <"$files") files"
exit $status
