. "$LIB"
train_model
code ttag pick -m model.ttag
code ttag pick "$FIXTURES/test.jsonl"
code ttag pick -m model.ttag --diversity 2 "$FIXTURES/test.jsonl"
code ttag pick -m model.ttag "$FIXTURES/train.jsonl"
code ttag pick -m model.ttag missing.jsonl
true
