. "$LIB"
needs python3
train_model
echo '{"id": 5, "text": "A worm infected a till.", "mine": {"deep": [1, null]}, "date": "2026-01-02"}' |
    ttag classify -m model.ttag --format jsonl --keep | python3 -c '
import json, sys
record = json.load(sys.stdin)
print(record["id"], record["mine"], record["date"], record["text"], record["tags"][0]["tag"])'

# what the reader tolerates and JSON does not is mended on the way out
printf '{"text": "A worm\tinfected a till.", "sum": [01, 1., -0.5e3], "a\tb": "\\" \\u00e9"}\n' |
    ttag classify -m model.ttag --format jsonl --keep | python3 -c '
import json, sys
record = json.load(sys.stdin)
print(repr(record["text"]), record["sum"], repr(record["a\tb"]))'
