#!/bin/bash
# One article of 2 KB and a model of 200 MB: how long it takes, and how much memory is the program's
# own. cold_start.sh BIN
bin=$1
[ -r /proc/self/smaps ] || { echo "skipped: there is no /proc"; exit 77; }
cd "$(mktemp -d)" || exit 1
trap 'rm -rf "$PWD"' EXIT
failed=

"$bin/make_large_model" 400000 120 model article.txt || exit 1
echo "model: $(($(stat -c %s model) / 1000000)) MB, article: $(stat -c %s article.txt) bytes"

# the least of 20 runs, in microseconds; the model lies in the page cache
least() {
    local best=1000000000 start took
    for _ in $(seq 20); do
        start=${EPOCHREALTIME/./}
        "$@" >/dev/null || exit 1
        took=$((${EPOCHREALTIME/./} - start))
        [ "$took" -lt "$best" ] && best=$took
    done
    echo "$best"
}
alone=$(least "$bin/ttag-classify" -m model article.txt)
whole=$(least "$bin/ttag" classify -m model article.txt)
echo "ttag-classify: $alone us, ttag classify: $whole us"
[ "$alone" -lt 10000 ] || { echo "FAILED: expected less than 10 ms" && failed=yes; }

mkfifo in out
"$bin/ttag-classify" -m model --input-format jsonl - <in >out &
exec 8>in 9<out
echo "{\"text\": \"$(tr '\n' ' ' <article.txt)\"}" >&8
read -r -t 60 _ <&9 || failed=yes
own=$(awk '/^(Private_Dirty|Anonymous):/ { if ($2 > most) most = $2 }
           /^[0-9a-f]+-/ { sum += most; most = 0 } END { print sum + most }' "/proc/$!/smaps")
exec 8>&- 9<&-
wait
echo "private memory: $own kB"
[ "$own" -lt 40000 ] || { echo "FAILED: expected less than 40 MB" && failed=yes; }
[ ! "$failed" ]
