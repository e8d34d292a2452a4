#!/bin/bash
# A shrunk model has a quarter of the size at most and loses 0.002 of its micro-F1 at most, on the
# articles that it was shrunk with; and ttag evaluate says the same: shrink.sh TTAG SET [option...]
. "$(dirname "$0")/common.sh"
set=$1
shift
needs_shared "data/$set.train.jsonl" "data/$set.test.jsonl"

train "$set" "$scratch/large.ttag" "$@"
"$ttag" shrink -q -m "$scratch/large.ttag" -o "$scratch/small.ttag" "$data/$set.test.jsonl"
evaluate "$set" "$scratch/large.ttag" "$scratch/large.json"
evaluate "$set" "$scratch/small.ttag" "$scratch/small.json"
size() {
    wc -c <"$1"
}
expect "share of the size" \
    "$(awk "BEGIN { print $(size "$scratch/small.ttag") / $(size "$scratch/large.ttag") }")" 0 0.25
expect "micro-F1 lost" \
    "$(awk "BEGIN { print $(f1 micro "$scratch/large.json") - $(f1 micro "$scratch/small.json") }")" \
    -1 0.002
finish
