. "$LIB"
train_model
cp model.ttag long.ttag
head -c 64 /dev/zero >>long.ttag
code ttag classify -q -m long.ttag "$FIXTURES/test.jsonl"
