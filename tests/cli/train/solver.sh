# the linear solver where asked for, and where active sets would not fit
for options in '--solver libsvm' '--solver linear' '--solver linear --gap 0.1' '--memory 1K'; do
    ttag train -q "$FIXTURES/train.jsonl" -o model.ttag $options
    ttag inspect --card model.ttag | grep -o '"solver":{"name":"[a-z]*"'
done
ttag train "$FIXTURES/train.jsonl" -q -o x.ttag --loss squared-hinge --report x.json
grep -o '"loss": "[a-z ]*"' x.json
grep -o '"name": "linear"' x.json
ttag train "$FIXTURES/train.jsonl" -o x.ttag --loss squared-hinge --solver libsvm || echo "exit code $?"
