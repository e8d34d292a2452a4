# where a model scores passages, records of one article are one for both; rules for the unknown hold for both
. "$LIB"
train_model
mv model.ttag whole.ttag
train_model --unit sentence
sed 's/^{/{"article": "one", /; 3,$ s/"one"/"two"/' "$FIXTURES/test.jsonl" >feed.jsonl
ttag compare whole.ttag model.ttag feed.jsonl --threshold 0.5 --format json >report.json
grep '"documents"' report.json
grep -o '"id": [^,]*' report.json | grep -c -v -E '"(one|two)"$'
ttag compare whole.ttag whole.ttag feed.jsonl | head -n 1
# nothing can be given wrongly of which nothing is known
ttag compare whole.ttag model.ttag feed.jsonl --threshold 0.2 --unknown-where 'file=feed.jsonl:*' --format json >none.json
grep '"documents"' none.json
grep -c '"gained": \[[^]]*"right": false' none.json || true
