# file, gzipped file, standard input, both names of standard input
. "$LIB"
train_model
gzip -c "$FIXTURES/test.jsonl" >test.jsonl.gz
ttag classify -m model.ttag --format jsonl "$FIXTURES/test.jsonl" >1
ttag classify -m model.ttag --format jsonl test.jsonl.gz >2
ttag classify -m model.ttag --format jsonl <"$FIXTURES/test.jsonl" >3
ttag classify -m model.ttag --format jsonl - <"$FIXTURES/test.jsonl" >4
ttag classify -m model.ttag --format jsonl - <test.jsonl.gz >5
cat "$FIXTURES/test.jsonl" | ttag classify -m model.ttag --format jsonl --input-format jsonl >6
for i in 2 3 4 5 6; do same 1 $i; done
