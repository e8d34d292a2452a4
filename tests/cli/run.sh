#!/bin/bash
# Runs cases of the command line: tests/cli/run.sh [--record] [--bin DIR] [GROUP|GROUP/CASE]...
# Without one, all of them. README.md says what a case is.

here=$(cd "$(dirname "$0")" && pwd)
bin=$here/../../build/release/bin
record=
while [[ ${1-} == --* ]]; do
    case $1 in
    --record) record=yes ;;
    --bin) bin=$2 && shift ;;
    *) echo "run.sh: unknown option $1" >&2 && exit 2 ;;
    esac
    shift
done
bin=$(cd "$bin" && pwd) || exit 2

export PATH=$bin:$PATH FIXTURES=$here/fixtures LIB=$here/lib.sh SOURCE=$here/../.. BUILD=$bin/..
export LC_ALL=C TERM=dumb
unset NO_COLOR SOURCE_DATE_EPOCH TTAG_MODEL XDG_DATA_HOME

# Whether the lines of file $1 fit the patterns of file $2, line by line; a pattern "..." stands for
# any number of lines.
fits() {
    local -a lines patterns
    mapfile -t lines <"$1"
    mapfile -t patterns <"$2"
    local i=0 pattern skipping=
    for pattern in "${patterns[@]}"; do
        if [[ $pattern == ... ]]; then
            skipping=yes
            continue
        fi
        while [[ $skipping && $i -lt ${#lines[@]} && ${lines[i]} != $pattern ]]; do ((i++)); done
        [[ $i -lt ${#lines[@]} && ${lines[i]} == $pattern ]] || return 1
        ((i++))
        skipping=
    done
    [[ $skipping || $i -eq ${#lines[@]} ]]
}

# A side file for what came out: none for silence and for exit code 0.
keep() {
    if [[ -s $1 && $(cat "$1") != 0 ]]; then cp "$1" "$2"; else rm -f "$2"; fi
}

record_case() {
    keep "$1/exit" "$2.exit"
    keep "$1/stdout" "$2.stdout"
    [[ -f $2.stderr ]] && fits "$1/stderr" "$2.stderr" && return # patterns made by hand stay
    sed 's/[][*?\\]/\\&/g' "$1/stderr" >"$1/patterns"
    sed -i "s,$1/work,*,g" "$1/patterns"
    keep "$1/patterns" "$2.stderr"
}

check_case() {
    local want=$1/want failed=
    cat "$2.exit" >"$want" 2>/dev/null || echo 0 >"$want"
    diff -u --label "exit code expected" --label "exit code" "$want" "$1/exit" || failed=yes
    cat "$2.stdout" >"$want" 2>/dev/null || : >"$want"
    diff -u --label "stdout expected" --label stdout "$want" "$1/stdout" || failed=yes
    cat "$2.stderr" >"$want" 2>/dev/null || : >"$want"
    if ! fits "$1/stderr" "$want"; then
        diff -u --label "stderr expected" --label stderr "$want" "$1/stderr"
        failed=yes
    fi
    [[ ! $failed ]]
}

# 0: passed, 1: failed, 77: skipped
run_case() {
    local name=$1 path=$here/$1 scratch result=0
    scratch=$(mktemp -d) || return 1
    mkdir "$scratch/work"
    (export HOME=$scratch/work; cd "$scratch/work" && exec bash -u "$path.sh") \
        </dev/null >"$scratch/stdout" 2>"$scratch/stderr"
    echo $? >"$scratch/exit"
    if [[ $(cat "$scratch/exit") == 77 ]]; then
        echo "skipped $name: $(cat "$scratch/stderr")"
        result=77
    elif [[ $record ]]; then
        record_case "$scratch" "$path"
        echo "recorded $name"
    elif check_case "$scratch" "$path"; then
        echo "passed $name"
    else
        echo "FAILED $name"
        result=1
    fi
    rm -rf "$scratch"
    return $result
}

cd "$here" || exit 2
[[ $# -gt 0 ]] || set -- */
cases=()
for name; do
    if [[ -d $name ]]; then
        for file in "${name%/}"/*.sh; do [[ -f $file ]] && cases+=("${file%.sh}"); done
    else
        cases+=("${name%.sh}")
    fi
done

worst=0
for name in "${cases[@]}"; do
    run_case "$name"
    result=$?
    [[ $result -eq 1 || ($result -eq 77 && ${#cases[@]} -eq 1) ]] && worst=$result
done
exit $worst
