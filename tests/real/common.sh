# What the tests on real data share. A test sources it first: . "$(dirname "$0")/common.sh"
# Every test is run as NAME.sh TTAG [argument...], where TTAG is the program's path.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
shared=${TTAG_SHARED:-$here/../../../shared}
data=$shared/data
ttag=$1
shift
export LC_ALL=C OPENBLAS_NUM_THREADS=1
unset SOURCE_DATE_EPOCH

# Ends the test as one that cannot be run here.
skip() {
    echo "skipped: $1"
    exit 77
}

[[ -d $shared ]] || skip "no ../shared"
shared=$(cd "$shared" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

failed=
fail() {
    echo "FAILED: $1"
    failed=yes
}

# The last line of a test.
finish() {
    [[ ! $failed ]]
}

# What the test cannot do without: files below ../shared.
needs_shared() {
    local file
    for file; do
        [[ -e $shared/$file ]] || skip "no ../shared/$file"
    done
}

needs_programs() {
    local program
    for program; do
        command -v "$program" >/dev/null || skip "no $program"
    done
}

# train SET MODEL [option...]: on two threads, silently
train() {
    local set=$1 model=$2
    shift 2
    "$ttag" train -q "$data/$set.train.jsonl" -o "$model" --threads 2 "$@"
}

# evaluate SET MODEL REPORT
evaluate() {
    "$ttag" evaluate -q -m "$2" "$data/$1.test.jsonl" --threads 2 --format json >"$3"
}

# f1 micro|macro REPORT
f1() {
    sed -n "s/^  \"$1\": {.*\"f1\": \([0-9.e-]*\)}.*/\1/p" "$2" | grep .
}

# expect WHAT VALUE LOW [HIGH]: prints the figure, and fails the test if it is out of its bounds.
expect() {
    local high=${4:-1e99}
    echo "$1 $2 (expected: at least $3${4:+, at most $4})"
    awk -v x="$2" -v low="$3" -v high="$high" 'BEGIN { exit !(x + 0 >= low && x + 0 <= high) }' ||
        fail "$1 is $2"
}

# spread VALUE...: the largest less the smallest
spread() {
    printf '%s\n' "$@" | sort -g | awk 'NR == 1 { first = $1 } END { printf "%.6g\n", $1 - first }'
}
