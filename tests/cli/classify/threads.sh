# the same bytes for any number of threads
. "$LIB"
train_model
for i in $(seq 200); do cat "$FIXTURES/test.jsonl"; [ $((i % 50)) != 0 ] || echo '{"text": 1}'; done >feed.jsonl
ttag classify -q -m model.ttag --format jsonl --threads 1 feed.jsonl >1 2>1.err
echo "exit $?"
for n in 2 3 8; do
    ttag classify -q -m model.ttag --format jsonl --threads $n feed.jsonl >$n 2>$n.err
    same 1 $n
    same 1.err $n.err
done
wc -l <1
