# parts give the same figures as models; other files, other feeds and shards are refused
. "$LIB"
train_model
mv model.ttag old.ttag
train_model --thresholds none --cost 0.1
for m in old model; do ttag evaluate -m $m.ttag "$FIXTURES/test.jsonl" --part $m.part; done
ttag compare old.ttag model.ttag "$FIXTURES/test.jsonl" --articles 0 >models
ttag compare old.part model.part --articles 0 >parts
same models parts
ttag compare old.part model.part --threads 1 --format json | grep -c '"id": null, "path": null'
code ttag compare old.part old.ttag
echo '{"text": "gulls", "tags": ["Malware"]}' >other.jsonl
ttag evaluate -m model.ttag other.jsonl --part other.part
code ttag compare old.part other.part
ttag evaluate -m model.ttag "$FIXTURES/test.jsonl" --shard 1/2 --part half.part
code ttag compare old.part half.part
code ttag compare old.part
code ttag compare old.part model.part --threshold none
