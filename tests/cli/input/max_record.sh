. "$LIB"
train_model
printf '{"id": %d, "text": "%s"}\n' 1 gulls 2 "$(printf 'gulls %.0s' $(seq 20))" >feed.jsonl
ttag classify -m model.ttag --max-record 64 --format jsonl feed.jsonl
