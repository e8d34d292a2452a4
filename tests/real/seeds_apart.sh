#!/bin/bash
# A set's accuracy with defaults, and how little it depends on the partition into folds:
# seeds_apart.sh TTAG SET MICRO [MACRO]
. "$(dirname "$0")/common.sh"
set=$1 least_micro=$2 least_macro=${3:-0}
needs_shared "data/$set.train.jsonl" "data/$set.test.jsonl"

micro=() macro=()
for seed in 1 2 3; do
    train "$set" "$scratch/$seed.ttag" --seed "$seed"
    evaluate "$set" "$scratch/$seed.ttag" "$scratch/$seed.json"
    micro+=("$(f1 micro "$scratch/$seed.json")")
    macro+=("$(f1 macro "$scratch/$seed.json")")
    expect "micro-F1, seed $seed" "${micro[-1]}" "$least_micro"
    expect "macro-F1, seed $seed" "${macro[-1]}" "$least_macro"
done
expect "spread of micro-F1" "$(spread "${micro[@]}")" 0 0.01
expect "spread of macro-F1" "$(spread "${macro[@]}")" 0 0.03
finish
