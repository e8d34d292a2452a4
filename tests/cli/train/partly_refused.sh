. "$LIB"
{ cat "$FIXTURES/train.jsonl"; echo '{"text": 5}'; } >feed.jsonl
code ttag train --log-level warning feed.jsonl -o model.ttag
ls model.ttag
