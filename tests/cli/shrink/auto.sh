# The report's figures are those of evaluate; the result is a model to every command.
. "$LIB"
train_model
ttag shrink -m model.ttag -o small.ttag "$FIXTURES/test.jsonl" --max-macro-loss 1 >report
awk '/-F1  / { print $1 }' report
f1() {
    ttag evaluate -q -m "$1" "$FIXTURES/test.jsonl" --format json |
        grep -oE '"m(i|a)cro": \{[^}]*\}' | grep -oE '"f1": [0-9.]+' | cut -d ' ' -f 2 |
        while read -r x; do printf '%.4f\n' "$x"; done
}
f1 model.ttag >before
f1 small.ttag >after
awk '/-F1  / { print $2 }' report | cmp - before
awk '/-F1  / { print $3 }' report | cmp - after
ttag inspect --verify small.ttag
ttag inspect small.ttag | grep -E '^shrunk\.(weights|articles)' | tr -s ' '
ttag inspect --card small.ttag | grep -oE '"shrunk":\{"from":"[0-9a-f]{32}"' | grep -c .
ttag classify -m small.ttag "$FIXTURES/test.jsonl" --format jsonl --explain 2 >tagged
ttag-classify -m small.ttag --verify "$FIXTURES/test.jsonl" --format jsonl --explain 2 | same - tagged
wc -l <tagged
