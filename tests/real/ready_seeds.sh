#!/bin/bash
# The ready-made model on the five seed articles, and on full-length news that it was not made from.
. "$(dirname "$0")/common.sh"
needs_shared seeds
needs_shared data/casie.test.jsonl
model=$here/../../models/threat-tags.ttag

"$ttag" classify -m "$model" "$shared"/seeds/*.txt >"$scratch/tags.txt"
[[ $(wc -l <"$scratch/tags.txt") == 5 ]] || fail "expected five articles"
while IFS= read -r line; do
    for tag in ThreatsStrategic ThreatsEconomic; do
        [[ $line == *"$tag ("* ]] || fail "lacks $tag: $line"
    done
    for tag in VulnerabilitiesCisco VulnerabilitiesVOIP VulnerabilitiesAdobe Malware; do
        [[ $line != *"$tag ("* ]] || fail "has $tag: $line"
    done
done <"$scratch/tags.txt"

cat "$data"/casie.{train,test}.jsonl >"$scratch/casie.jsonl"
"$ttag" evaluate -q -m "$model" "$scratch/casie.jsonl" --replicates 0 --format csv >"$scratch/casie.csv"
for tag in Malware VulnerabilitiesAll; do
    expect "F1 of $tag" "$(awk -F, -v tag=$tag '$1 == "tag" && $2 == tag { print $16 }' \
        "$scratch/casie.csv")" 0.70
done
finish
