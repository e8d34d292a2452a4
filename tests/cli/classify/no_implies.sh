# a given tag raises what it implies, unless told not to
. "$LIB"
needs python3
train_model --char-ngrams none --term-scaling none
echo '{"id": 1, "text": "Cisco kites and soup"}' >feed.jsonl
tags() {
    ttag classify -m model.ttag --format jsonl feed.jsonl "$@" | python3 -c '
import json, sys
print([(t["tag"], t.get("implied_by")) for t in json.load(sys.stdin)["tags"]])'
}
tags
tags --no-implies
