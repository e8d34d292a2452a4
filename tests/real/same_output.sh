#!/bin/bash
# The same results, byte for byte, from both programs, for any number of threads, from a file,
# gzipped, and standard input: same_output.sh TTAG SET [option of train...]
. "$(dirname "$0")/common.sh"
set=$1
shift
needs_shared "data/$set.train.jsonl" "data/$set.test.jsonl"

train "$set" "$scratch/model" "$@"
feed=$scratch/feed.jsonl
cat "$data/$set.test.jsonl" "$data/$set.test.jsonl" >"$feed"
gzip -1c "$feed" >"$feed.gz"
"$ttag" classify -q -m "$scratch/model" --threads 1 --format jsonl "$feed" >"$scratch/expected"

check() { # WHAT: its output is standard input
    cmp - "$scratch/expected" || fail "$1 gives other results"
}
for program in "$ttag classify" "$(dirname "$ttag")/ttag-classify"; do
    for threads in 1 2 4; do
        tag="$program -q -m $scratch/model --format jsonl --threads $threads"
        name="${program##*/} with $threads threads"
        $tag "$feed" | check "$name, a file,"
        $tag "$feed.gz" | check "$name, a gzipped file,"
        $tag --input-format jsonl <"$feed" | check "$name, standard input,"
        cat "$feed" | $tag --input-format jsonl - | check "$name, a pipe,"
    done
done
echo "$(wc -l <"$feed") articles, each way"
finish
