#!/bin/bash
# A ready-made model made again from its sources: ready_made.sh TTAG threat-tags|attack-techniques. The
# same bytes or, on another kind of CPU or with other libraries, F1 on held-out articles within .01.
. "$(dirname "$0")/common.sh"
name=$1
models=$here/../../models
export TTAG=$ttag

case $name in
threat-tags)
    needs_shared raw
    sh "$models/threat-tags.sh" "$shared/raw" "$scratch"
    (cd "$scratch/work" && cat -- *.test.jsonl) >"$scratch/measured.jsonl"
    ;;
attack-techniques)
    needs_shared data/tram2-sentences.train.jsonl
    sh "$models/attack-techniques.sh" "$data/tram2-sentences.train.jsonl" \
        "$data/tram2-spans.train.jsonl" "$data/attack-procedures.train.jsonl" "$scratch"
    cp "$data/tram2-sentences.train.jsonl" "$scratch/measured.jsonl" # there are no others
    ;;
esac

if cmp -s "$models/$name.ttag" "$scratch/$name.ttag"; then
    echo "the same bytes"
else
    echo "other bytes: another CPU or other libraries than the model was made with?"
    for model in "$models" "$scratch"; do
        "$ttag" evaluate -q -m "$model/$name.ttag" "$scratch/measured.jsonl" --replicates 0 \
            --format json >"$scratch/report.json"
        f1 micro "$scratch/report.json" >>"$scratch/f1"
    done
    # shellcheck disable=SC2046 # two numbers
    expect "micro-F1 moved by" "$(spread $(cat "$scratch/f1"))" 0 0.01
fi
finish
