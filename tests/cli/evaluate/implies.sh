. "$LIB"
needs python3
train_model
printf '%s\n' '{"text": "Cisco router patch advisory flaw", "tags": ["VulnerabilitiesCisco"]}' >feed.jsonl
for option in "" --no-implies --imply-truth; do
    ttag evaluate -m model.ttag feed.jsonl --format json $option |
        python3 -c 'import json, sys; print({t["tag"]: t["support"] for t in json.load(sys.stdin)["tags"] if t["support"]})'
done
