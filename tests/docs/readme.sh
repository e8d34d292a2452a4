#!/bin/bash
# Runs the commands in the README's console blocks and compares what they print with what is shown
# there; the C block has to be a part of examples/tag_text.c.
# readme.sh [--record] TOP BIN: TOP holds README.md, BIN the program; --record shows the new output.
set -uo pipefail
record=
[[ $1 == --record ]] && record=yes && shift
top=$(cd "$1" && pwd) bin=$(cd "$2" && pwd)
export PATH=$bin:$PATH LC_ALL=C TERM=dumb
unset NO_COLOR SOURCE_DATE_EPOCH TTAG_MODEL XDG_DATA_HOME

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/work"
export HOME=$scratch
ln -s "$top/datasets" "$top/examples" "$scratch/work"

# What differs a little between kinds of CPU: figures, and how wide they are.
mask() {
    sed -E 's/-?[0-9]+(\.[0-9]+)? [kM]?B/N B/g; s/-?[0-9]+\.[0-9]+(e-?[0-9]+)?/N/g
        s/\xe2\x96[\x80-\xbf]//g; s/ +/ /g' "$1"
}

# The README with every console block run anew; a command ends with its line, or goes on after "\".
run_blocks() {
    local line in_console='' command
    while IFS= read -r line; do
        if [[ ! $in_console ]]; then
            [[ $line == '```console' ]] && in_console=yes
            printf '%s\n' "$line"
        elif [[ $line == '```' ]]; then
            in_console=
            printf '%s\n' "$line"
        elif [[ $line == '$ '* ]]; then
            printf '%s\n' "$line"
            command=${line#'$ '}
            while [[ $command == *\\ ]] && IFS= read -r line; do
                printf '%s\n' "$line"
                command=${command%\\}$line
            done
            (cd "$scratch/work" && bash -c "$command" </dev/null 2>&1)
        fi
    done <"$top/README.md"
}

run_blocks >"$scratch/README.md"
if [[ $record ]]; then
    cp "$scratch/README.md" "$top/README.md"
    exit
fi
failed=
diff -u --label "README.md" --label "what is printed now" \
    <(mask "$top/README.md") <(mask "$scratch/README.md") || failed=yes
while IFS= read -r line; do
    grep -qF -e "$line" "$top/examples/tag_text.c" && continue
    echo "README.md: not in examples/tag_text.c: $line"
    failed=yes
done < <(sed -n '/^```c$/,/^```$/{/^```/d;s/^ *//;p}' "$top/README.md")
[[ ! $failed ]]
