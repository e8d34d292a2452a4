# records that are left out count; what cannot be opened is named
. "$LIB"
train_model
cat "$FIXTURES/test.jsonl" - >feed.jsonl <<'END'
{"text": "not labelled"}
{"text": 1}
END
code ttag compare model.ttag model.ttag feed.jsonl --articles 0 -o report
head -1 report
code ttag compare model.ttag none.ttag feed.jsonl
code ttag compare model.ttag feed.jsonl feed.jsonl
echo '{"text": "not labelled"}' | code ttag compare model.ttag model.ttag -
