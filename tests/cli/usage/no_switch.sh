# the last one counts
. "$LIB"
train_model
ttag classify -m model.ttag "$FIXTURES/test.jsonl" >1
ttag classify -m model.ttag --all --no-all "$FIXTURES/test.jsonl" >2
same 1 2
