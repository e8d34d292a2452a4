# the same bytes from both programs, for any number of threads, from a file, gzipped, standard input
. "$LIB"
train_model
for i in $(seq 300); do
    cat "$FIXTURES/test.jsonl"
    echo "{\"id\":$i,\"title\":\"Numéro \\u00e9 $i\",\"text\":\"Zwei Möwen, ransomware, $i files\"}"
    printf '{"id":"bytes","text":"caf\351 malware"}\n'
done >feed.jsonl
awk 'BEGIN { printf "{\"id\":\"long\",\"text\":\""; for (i = 0; i < 50000; i++) printf "ferry %d ", i
    print "\"}" }' >>feed.jsonl
gzip -c feed.jsonl >feed.jsonl.gz
for format in jsonl text; do
    ttag classify -q -m model.ttag --format $format --threads 1 feed.jsonl >expected
    echo "exit $?"
    n=0
    for program in "ttag classify" ttag-classify; do
        for threads in 1 2 4; do
            tag="$program -q -m model.ttag --format $format --threads $threads"
            $tag feed.jsonl >1
            $tag feed.jsonl.gz >2
            $tag --input-format jsonl <feed.jsonl >3
            $tag --input-format jsonl - <feed.jsonl.gz >4
            cat feed.jsonl | $tag --input-format jsonl >5
            for i in 1 2 3 4 5; do
                cmp $i expected && n=$((n + 1))
            done
        done
    done
    echo "$n the same, $(wc -l <expected) lines"
done
