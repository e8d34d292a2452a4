#!/bin/bash
# models/threat-tags.ttag made again from the sources: the same bytes or, on another kind of CPU or
# with other versions of libraries, the same tags but for one in a thousand.
. "$(dirname "$0")/common.sh"
needs_shared raw
models=$here/../../models

TTAG=$ttag sh "$models/threat-tags.sh" "$shared/raw" "$scratch/again"
if cmp -s "$models/threat-tags.ttag" "$scratch/again/threat-tags.ttag"; then
    echo "the same bytes"
    finish
    exit
fi
echo "other bytes: another CPU or other libraries than the model was made with?"
for model in "$models" "$scratch/again"; do
    "$ttag" classify -m "$model/threat-tags.ttag" --format tsv "$scratch"/again/work/*.test.jsonl |
        cut -f 1,2
done | sort | uniq -c | awk '$1 % 2 { other++ } { all++ } END { print other + 0, all }' >"$scratch/counts"
read -r other all <"$scratch/counts"
expect "share of tags given by one of them alone" "$(awk "BEGIN { print $other / $all }")" 0 0.001
finish
