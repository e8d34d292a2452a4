. "$LIB"
[ -c /dev/full ] || skip "there is no /dev/full"
train_model
ttag classify -m model.ttag "$FIXTURES/test.jsonl" >/dev/full
