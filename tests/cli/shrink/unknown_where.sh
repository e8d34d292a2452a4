# F1 before and after are those of evaluate with the same rules
. "$LIB"
train_model
sed 's/^{/{"source":"quiet",/' "$FIXTURES/test.jsonl" >quiet.jsonl
rule='source=quiet:Malware'
ttag shrink -m model.ttag -o small.ttag quiet.jsonl --max-macro-loss 1 --unknown-where "$rule" >report
f1() {
    ttag evaluate -q -m "$1" quiet.jsonl --format json --unknown-where "$rule" |
        grep -oE '"m(i|a)cro": \{[^}]*\}' | grep -oE '"f1": [0-9.]+' | cut -d ' ' -f 2 |
        while read -r x; do printf '%.4f\n' "$x"; done
}
f1 model.ttag | cmp - <(awk '/-F1  / { print $2 }' report) && echo "before"
f1 small.ttag | cmp - <(awk '/-F1  / { print $3 }' report) && echo "after"
ttag shrink -q -m model.ttag -o again.ttag quiet.jsonl --max-macro-loss 1 >plain
cmp -s <(awk '/-F1  / { print $2 }' report) <(awk '/-F1  / { print $2 }' plain) || echo "other figures"
code ttag shrink -m model.ttag -o none.ttag quiet.jsonl --unknown-where 'source=other:*' >/dev/null
