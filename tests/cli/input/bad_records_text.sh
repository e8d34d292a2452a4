. "$LIB"
train_model
printf '%s\n' '{"id": "good", "text": "gulls"}' '{"text": "gulls' >feed.jsonl
ttag classify -m model.ttag feed.jsonl
ttag classify -m model.ttag --format tsv feed.jsonl
