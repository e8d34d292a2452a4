. "$LIB"
train_model
for i in 1 2 3; do ttag evaluate -q -m model.ttag --shard $i/3 "$FIXTURES/test.jsonl" --part $i.part; done
code ttag merge
code ttag merge 1.part 3.part
code ttag merge 1.part 2.part 2.part
code ttag merge 1.part 2.part 3.part 4.part
code ttag merge model.ttag
head -c 150 1.part >short.part
code ttag merge short.part
flip 1.part 130
code ttag merge 1.part 2.part 3.part
code ttag merge 2.part --fail-under micro
ttag evaluate -q -m model.ttag --shard 1/3 --threshold none "$FIXTURES/test.jsonl" --part 1.part
code ttag merge 1.part 2.part 3.part
code ttag evaluate -m model.ttag "$FIXTURES/test.jsonl" --part 1.part --format json
code ttag evaluate -m model.ttag "$FIXTURES/test.jsonl" --part 1.part -o report
code ttag evaluate -m model.ttag "$FIXTURES/test.jsonl" --part 1.part --fail-under micro=1
code ttag evaluate -m model.ttag "$FIXTURES/test.jsonl" --part no/such/folder/1.part
echo '{"text": "not labelled"}' >none.jsonl
code ttag evaluate -q -m model.ttag none.jsonl --part none.part
code ttag merge none.part
ls *.part*

for i in 1 2 3; do ttag evaluate -q -m model.ttag --shard $i/3 "$FIXTURES/test.jsonl" --part $i.part; done
code ttag merge nowhere.part -o report --fail-under micro.f2=1
code ttag merge 1.part 2.part 3.part -o report --fail-under Malwear.f1=1
ls report 2>/dev/null
