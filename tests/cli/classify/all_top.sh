. "$LIB"
needs python3
train_model
head -n 1 "$FIXTURES/test.jsonl" >one.jsonl
ttag classify -m model.ttag --format jsonl --all one.jsonl | python3 -c '
import json, sys
tags = json.load(sys.stdin)["tags"]
print(len(tags), tags[0]["tag"], [t["given"] for t in tags].count(True))
p = [t["probability"] for t in tags]
print(p == sorted(p, reverse=True))'
ttag classify -m model.ttag --format tsv --all --top 2 one.jsonl | wc -l
sed -n 4p "$FIXTURES/test.jsonl" | ttag classify -m model.ttag --top 1 | mask_numbers
