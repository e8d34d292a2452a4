. "$LIB"
train_model
for i in $(seq 200); do cat "$FIXTURES/test.jsonl"; done >feed.jsonl
ttag classify -m model.ttag --format jsonl feed.jsonl | sort >1
ttag classify -m model.ttag --format jsonl --unordered feed.jsonl | sort >2
same 1 2
