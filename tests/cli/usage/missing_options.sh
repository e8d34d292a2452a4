. "$LIB"
code ttag train "$FIXTURES/train.jsonl"
code ttag classify "$FIXTURES/test.jsonl"
code ttag-classify "$FIXTURES/test.jsonl"
code ttag evaluate "$FIXTURES/test.jsonl"
code ttag export "$FIXTURES/test.jsonl"
code ttag inspect
