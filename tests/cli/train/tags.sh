# only the tags of a file
. "$LIB"
needs python3
train_model --tags "$FIXTURES/tags.txt"
ttag inspect model.ttag --format json | python3 -c 'import json, sys; print([t["tag"] for t in json.load(sys.stdin)["tags"]])'
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --tags nowhere.txt
echo '{"tags": [{"name": 3}]}' >bad.json
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --tags bad.json
