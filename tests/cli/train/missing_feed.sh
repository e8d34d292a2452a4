# a FEED that cannot be opened: nothing is learnt, and the model that is there stays
. "$LIB"
cp "$FIXTURES/train.jsonl" "$FIXTURES/test.jsonl" .
train_model
cp model.ttag good.ttag
mkdir empty
without() {
    echo "$1" >&2
    code ttag "$@"
}
without train train.jsonl nowhere.jsonl -o model.ttag --report card.json
without train train.jsonl --extra nowhere.jsonl:0.2 empty -o model.ttag
without crossval train.jsonl nowhere.jsonl -o report
without curve train.jsonl --extra nowhere.jsonl -o report
without audit train.jsonl nowhere.jsonl -o report
without calibrate -m good.ttag test.jsonl nowhere.jsonl -o model.ttag
without shrink -m good.ttag test.jsonl nowhere.jsonl -o model.ttag
same good.ttag model.ttag
ls

# who reads records one by one, or measures, goes on and tells it by the exit code
without evaluate -m good.ttag nowhere.jsonl test.jsonl | grep -E 'articles,|exit'
ttag classify -m good.ttag nowhere.jsonl test.jsonl 2>/dev/null | wc -l

# a pipe and standard input are no files
ttag train -q <(cat train.jsonl) -o model.ttag
same good.ttag model.ttag
