#!/bin/bash
# Every figure of the reports is scikit-learn's, to 1e-9: figures.sh TTAG SET [option of train...]
. "$(dirname "$0")/common.sh"
set=$1
shift
needs_shared "data/$set.train.jsonl" "data/$set.test.jsonl"
python= # the system's own has Debian's packages, even where another one comes first
for name in python3 /usr/bin/python3; do
    [[ -z $python ]] && "$name" -c 'import numpy, sklearn' 2>/dev/null && python=$name
done
[[ -n $python ]] || skip "no scikit-learn"

"$ttag" train -q "$data/$set.train.jsonl" -o "$scratch/model.ttag" "$@"
for format in json csv; do
    "$ttag" evaluate -q -m "$scratch/model.ttag" "$data/$set.test.jsonl" --format $format \
        --replicates 100 --html "$scratch/page.html" -o "$scratch/report.$format"
done
"$ttag" classify -q -m "$scratch/model.ttag" --all --format jsonl "$data/$set.test.jsonl" \
    >"$scratch/scores.jsonl"
"$python" "$here/figures.py" "$data/$set.test.jsonl" "$scratch" || fail "figures differ"
finish
