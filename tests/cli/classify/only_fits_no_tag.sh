# A pattern that fits no tag of the model is named: it leaves out all records, or none
. "$LIB"
train_model
code ttag classify -m model.ttag --only 'Malwar' --only 'Vulnerabilities*' --drop 'Nothing*' "$FIXTURES/test.jsonl" >out
ttag classify -m model.ttag --only 'Vulnerabilities*' "$FIXTURES/test.jsonl" >plain
tail -n 1 out
head -n -1 out | cmp - plain && echo same
