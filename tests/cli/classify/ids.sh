# echoed with their JSON type; none: null, and the line
. "$LIB"
needs python3
train_model
cat >feed.jsonl <<'FEED'
{"id": "a \"quoted\" one", "text": "gulls"}
{"id": 17, "text": "gulls"}

{"text": "gulls"}
{"id": null, "text": "gulls"}
FEED
ttag classify -m model.ttag --format jsonl feed.jsonl | python3 -c '
import json, sys
for line in sys.stdin:
    record = json.loads(line)
    print(repr(record["id"]), record.get("line"))'
