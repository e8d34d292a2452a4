. "$LIB"
needs python3
train_model
ttag inspect model.ttag --format json | python3 -c '
import json, sys
model = json.load(sys.stdin)
print(sorted(model), len(model["tags"]), sorted(model["tags"][0]))'
ttag inspect model.ttag Malware --format json --terms 2 | python3 -c '
import json, sys
tag = json.load(sys.stdin)
print(tag["tag"], tag["support"], [len(tag[k]) for k in ("for", "against")])
print(all(t["weight"] > 0 for t in tag["for"]), all(t["weight"] < 0 for t in tag["against"]))'
