. "$LIB"
needs python3
train_model
echo '{"id": 5, "text": "A worm infected a till.", "mine": {"deep": [1, null]}, "date": "2026-01-02"}' |
    ttag classify -m model.ttag --format jsonl --keep | python3 -c '
import json, sys
record = json.load(sys.stdin)
print(record["id"], record["mine"], record["date"], record["text"], record["tags"][0]["tag"])'
