. "$LIB"
train_model
echo '{"text": "no tags"}' >feed.jsonl
code ttag evaluate -m model.ttag feed.jsonl
code ttag evaluate -m model.ttag feed.jsonl "$FIXTURES/test.jsonl" -o /dev/null
