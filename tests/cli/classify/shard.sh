# the outputs of all shards one after the other are the output of one run, in every format
. "$LIB"
train_model
for i in $(seq 30); do cat "$FIXTURES/test.jsonl"; echo '{"text": 1}'; done >feed.jsonl
gzip -c "$FIXTURES/test.jsonl" >feed.gz
for format in text jsonl tsv csv; do
    ttag classify -m model.ttag --format $format feed.jsonl "$FIXTURES/folder" feed.gz >whole 2>errors
    for n in 1 2 7 100; do
        for i in $(seq $n); do
            ttag classify -m model.ttag --format $format --shard $i/$n feed.jsonl \
                "$FIXTURES/folder" feed.gz 2>>errors.$n
        done | cmp - whole && cmp errors errors.$n && echo "$format, $n: the same"
        rm errors.$n
    done
done
try() { code ttag classify -m model.ttag "$@"; }
try --shard 0/3 feed.jsonl
try --shard 4/3 feed.jsonl
try --shard 1 feed.jsonl
try --shard 1/3/5 feed.jsonl
try --shard -1/3 feed.jsonl
try --shard 1/99999999999 feed.jsonl
try --shard 1/2 <feed.jsonl
try --shard 02/02 "$FIXTURES/test.jsonl" | wc -l
