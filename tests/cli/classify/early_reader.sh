# | head -n 1
. "$LIB"
train_model
for i in $(seq 2000); do cat "$FIXTURES/test.jsonl"; done >feed.jsonl
ttag classify -m model.ttag feed.jsonl | head -n 1 | mask_numbers
echo "${PIPESTATUS[0]}"
ttag classify -m model.ttag --format jsonl feed.jsonl | true
echo "${PIPESTATUS[0]}"
