# where a model scores passages, records of one article are one for both; rules for the unknown hold for both
. "$LIB"
train_model
mv model.ttag whole.ttag
train_model --unit sentence
sed 's/^{/{"article": "one", /; 3,$ s/"one"/"two"/' "$FIXTURES/test.jsonl" >feed.jsonl
ttag compare whole.ttag model.ttag feed.jsonl --threshold 0.999 --format json >report.json
grep '"documents"' report.json
grep -o '"id": "[a-z]*"' report.json
ttag compare whole.ttag whole.ttag feed.jsonl | head -n 1
ttag compare whole.ttag model.ttag feed.jsonl --threshold 0.999 --unknown-where 'file=feed.jsonl:*' --format json >none.json
grep -c '"only_a": 0, "only_b": 0' none.json
grep -A 1 '"changed"' none.json
