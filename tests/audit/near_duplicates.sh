#!/bin/bash
# Planted copies with one word in ten changed are found, and nothing else is joined:
# near_duplicates.sh TTAG MAKE_ARTICLES ARTICLES COPIES
set -euo pipefail
export LC_ALL=C
ttag=$1 make=$2 articles=$3 copies=$4
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

"$make" "$articles" "$copies" 1 >"$scratch/feed.jsonl"
SECONDS=0
"$ttag" audit -q "$scratch/feed.jsonl" --no-labels --threads 2 --format json -o "$scratch/two.json"
echo "$((articles + copies)) articles in $SECONDS s"
"$ttag" audit -q "$scratch/feed.jsonl" --no-labels --threads 1 --format json -o "$scratch/one.json"
cmp "$scratch/one.json" "$scratch/two.json"

# A line for each cluster: the numbers of its articles, each once.
sed -n '/^  "duplicates"/,/^  \]/p' "$scratch/two.json" | grep '"similarity"' |
    grep -o '"articles": .*' >"$scratch/clusters" || :
while read -r line; do
    grep -o '"id": "[0-9]*' <<<"$line" | sort -u | wc -l
done <"$scratch/clusters" >"$scratch/sizes"
found=$(grep -c '^1$' "$scratch/sizes" || :)
joined=$(grep -vc '^1$' "$scratch/sizes" || :)
echo "$found of $copies copies found, $joined clusters of unrelated articles"
[[ $joined == 0 && $((found * 100)) -ge $((copies * 95)) ]]
