. "$LIB"
train_model
flip model.ttag $(($(stat -c %s model.ttag) - 70))
ttag evaluate -m model.ttag "$FIXTURES/test.jsonl"
