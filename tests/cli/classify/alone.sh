# ttag-classify is ttag classify, byte for byte
. "$LIB"
train_model
{ cat "$FIXTURES/test.jsonl"; echo nonsense; } >feed.jsonl
for format in text jsonl tsv; do
    ttag classify -m model.ttag --format $format --explain 3 feed.jsonl >1 2>1.err
    echo "exit $?"
    ttag-classify -m model.ttag --format $format --explain 3 feed.jsonl >2 2>2.err
    echo "exit $?"
    same 1 2
    sed -i 's/^ttag-classify: /ttag: /' 2.err
    same 1.err 2.err
done
