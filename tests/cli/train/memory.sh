ttag train "$FIXTURES/train.jsonl" -o model.ttag --memory 1K --solver libsvm
