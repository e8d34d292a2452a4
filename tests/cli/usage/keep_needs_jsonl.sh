ttag classify -m model.ttag --keep "$FIXTURES/test.jsonl"
