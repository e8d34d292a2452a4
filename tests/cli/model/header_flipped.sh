# any bit of the header: refused
. "$LIB"
train_model
for offset in $(seq 0 63); do
    cp model.ttag bad.ttag
    flip bad.ttag $offset
    ttag classify -m bad.ttag "$FIXTURES/test.jsonl" 2>/dev/null
    echo "exit $?"
done | sort | uniq -c
