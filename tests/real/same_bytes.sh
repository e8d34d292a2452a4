#!/bin/bash
# The same model, byte for byte, and the same results, for any number of threads:
# same_bytes.sh TTAG SET [option of train...]
. "$(dirname "$0")/common.sh"
set=$1
shift
needs_shared "data/$set.train.jsonl" "data/$set.test.jsonl"

for threads in 1 2 4; do
    train "$set" "$scratch/$threads.ttag" --threads "$threads" "$@"
    "$ttag" classify -q -m "$scratch/1.ttag" "$data/$set.test.jsonl" --threads "$threads" \
        --format jsonl --all >"$scratch/$threads.jsonl"
done
for threads in 2 4; do
    cmp "$scratch/1.ttag" "$scratch/$threads.ttag" || fail "another model with $threads threads"
    cmp "$scratch/1.jsonl" "$scratch/$threads.jsonl" || fail "other results with $threads threads"
done
finish
