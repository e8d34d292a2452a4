. "$LIB"
needs python3
train_model
recall() {
    ttag evaluate -m model.ttag "$FIXTURES/test.jsonl" --format json "$@" |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["micro"]["recall"])'
}
recall --threshold model
recall --threshold 0
recall --threshold 1
recall --threshold none --no-implies
