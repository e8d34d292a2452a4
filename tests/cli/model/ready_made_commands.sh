# The commands that have it to fall back on.
. "$LIB"
train_model
export TTAG_MODEL=model.ttag
ttag evaluate --replicates 0 --format json "$FIXTURES/test.jsonl" >by_default
ttag evaluate -m model.ttag --replicates 0 --format json "$FIXTURES/test.jsonl" | same - by_default
ttag inspect >by_default
ttag inspect model.ttag | same - by_default
ttag calibrate -q --min-docs 2 "$FIXTURES/test.jsonl" -o by_default
ttag calibrate -q --min-docs 2 -m model.ttag "$FIXTURES/test.jsonl" -o named
same named by_default
