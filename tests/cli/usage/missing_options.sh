. "$LIB"
code ttag train "$FIXTURES/train.jsonl"
code ttag shrink -o small.ttag
code ttag export "$FIXTURES/test.jsonl"
