. "$LIB"
needs python3
train_model
head -n 1 "$FIXTURES/test.jsonl" >one.jsonl
ttag classify -m model.ttag --format jsonl --explain 3 one.jsonl | python3 -c '
import json, sys
tag = json.load(sys.stdin)["tags"][0]
because = tag["because"]
print(tag["tag"], len(because), sorted(because[0]))
weights = [b["weight"] for b in because]
print(weights == sorted(weights, reverse=True), all(" " not in b["term"] or True for b in because))'
ttag classify -m model.ttag --explain 2 one.jsonl | mask_numbers
