ttag train -q "$FIXTURES/train.jsonl" -o model.ttag
ttag train --log-level warning "$FIXTURES/train.jsonl" -o model.ttag
