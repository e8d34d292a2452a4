# each named with file, line and what was expected; one record out for each one in
. "$LIB"
train_model
cat >feed.jsonl <<'FEED'
{"id": "good", "text": "gulls over the harbour"}
{"id": "broken", "text": "gulls
{"id": "no text"}
{"id": "text is a number", "text": 5}
{"id": "tags are a string", "text": "gulls", "tags": "Malware"}
{"id": "a tag is a number", "text": "gulls", "tags": [1]}
[1, 2]
{"id": "more behind", "text": "gulls"} {"text": "ferry"}

{"id": "good again", "text": "gulls over the harbour"}
FEED
code ttag classify -m model.ttag --format jsonl feed.jsonl | mask_numbers
code ttag evaluate -q -m model.ttag feed.jsonl "$FIXTURES/test.jsonl" -o /dev/null
