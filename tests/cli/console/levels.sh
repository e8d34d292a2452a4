. "$LIB"
{ cat "$FIXTURES/train.jsonl"; echo '{"text": 5}'; echo '{"text": "x", "tags": ["Once"]}'; } >feed.jsonl
for option in -q "--log-level warning" "--log-level note" -v; do
    echo "$option" >&2
    ttag $option train feed.jsonl -o model.ttag
done
