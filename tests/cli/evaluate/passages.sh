# records that name their article are put together, where the model scores passages
. "$LIB"
train_model --unit sentence
cat >parts.jsonl <<'END'
{"text":"The trojan drops a ransomware payload.","article":"a","tags":["Malware"]}
{"text":"It rained.","article":"a","tags":[]}
{"text":"It rained again.","article":"b","tags":[]}
END
ttag evaluate -m model.ttag parts.jsonl | head -n 1
train_model
ttag evaluate -m model.ttag parts.jsonl | head -n 1
