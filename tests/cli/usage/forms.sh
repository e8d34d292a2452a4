# --x v, --x=v, -x v, -xv, in any order with the operands, and -- before operands that look alike
. "$LIB"
train_model
cp "$FIXTURES/test.jsonl" -- -odd.jsonl
ttag classify "$FIXTURES/test.jsonl" --format tsv --model model.ttag >1
ttag classify --model=model.ttag --format=tsv "$FIXTURES/test.jsonl" >2
ttag classify -m model.ttag --format=text "$FIXTURES/test.jsonl" --format tsv >3
ttag classify -mmodel.ttag --format tsv -- -odd.jsonl >4
ttag -q classify -mmodel.ttag --format tsv - <"$FIXTURES/test.jsonl" >5
for i in 2 3 4 5; do same 1 $i; done
