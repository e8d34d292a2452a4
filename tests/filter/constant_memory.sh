#!/bin/bash
# Many records through a pipe: an answer each, in order, and memory that stays the same.
# constant_memory.sh BIN TOP N THREADS
bin=$1 top=$2 n=$3 threads=$4
[ -r /proc/self/status ] || { echo "skipped: there is no /proc"; exit 77; }
cd "$(mktemp -d)" || exit 1
trap 'rm -rf "$PWD"' EXIT

"$bin/ttag" train -q "$top/tests/cli/fixtures/train.jsonl" -o model || exit 1
mkfifo in out
"$bin/make_records" "$n" >in &
"$bin/ttag-classify" -m model --threads "$threads" --input-format jsonl - <in >out &
filter=$!
"$bin/check_answers" "$n" "$filter" <out
checked=$?
wait "$filter"
filtered=$?
[ $filtered -eq 0 ] || echo "FAILED: exit code $filtered"
[ $checked -eq 0 ] && [ $filtered -eq 0 ]
