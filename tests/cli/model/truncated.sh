# at every length
. "$LIB"
train_model
size=$(stat -c %s model.ttag)
for n in 1 7 8 63 64 100 500 1000 $((size / 2)) $((size - 64)) $((size - 1)); do
    head -c $n model.ttag >short.ttag
    ttag classify -m short.ttag "$FIXTURES/test.jsonl" 2>err
    echo "exit $?"
    grep -c '^ttag: error: short.ttag: ' err
done | sort | uniq -c
