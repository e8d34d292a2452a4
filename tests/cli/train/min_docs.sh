ttag train --log-level warning "$FIXTURES/train.jsonl" -o model.ttag --min-docs 6
