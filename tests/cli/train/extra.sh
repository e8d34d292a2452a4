# extra feeds are trained on and never scored; records weigh what they say
. "$LIB"

tr -d '\r' <"$FIXTURES/train.jsonl" | head -20 >extra.jsonl
train_model
cp model.ttag plain.ttag
train_model --extra extra.jsonl:0.2 --extra extra.jsonl
cmp -s plain.ttag model.ttag || echo "another model"
ttag inspect --card model.ttag | grep -o '"articles":[0-9]*,"extra":[0-9]*'
ttag inspect --card model.ttag | grep -o '"solver":"own[^"]*"' | sort -u

# the weight of a feed is that of its records
sed 's/^{/{"weight":0.2,/' extra.jsonl >weighted.jsonl
ttag train -q "$FIXTURES/train.jsonl" -o a.ttag --extra extra.jsonl:0.2
ttag train -q "$FIXTURES/train.jsonl" -o b.ttag --extra weighted.jsonl
same a.ttag b.ttag

# a name may hold a colon
cp extra.jsonl a:b.jsonl
ttag train -q "$FIXTURES/train.jsonl" -o b.ttag --extra a:b.jsonl:0.2
same a.ttag b.ttag

code ttag train -q "$FIXTURES/train.jsonl" -o b.ttag --extra extra.jsonl:0
code ttag train -q "$FIXTURES/train.jsonl" -o b.ttag --extra extra.jsonl:2e6
code ttag train -q "$FIXTURES/train.jsonl" -o b.ttag --extra ''
code ttag train -q "$FIXTURES/train.jsonl" -o b.ttag --extra nowhere.jsonl
