ttag train "$FIXTURES/train.jsonl" -o model.ttag
ls
