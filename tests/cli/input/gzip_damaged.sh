. "$LIB"
train_model
for i in $(seq 100); do cat "$FIXTURES/test.jsonl"; done | gzip -c >whole.jsonl.gz
head -c 600 whole.jsonl.gz >short.jsonl.gz
code ttag classify -m model.ttag --format jsonl short.jsonl.gz | tail -n 2 | mask_numbers
