. "$LIB"
# No output takes the place of what the same run reads, by whatever name, or of another output.
cp "$FIXTURES/test.jsonl" labelled.jsonl
echo rules > rules.json
echo model > m.ttag
ln -s labelled.jsonl link.jsonl
code ttag train ./labelled.jsonl -o labelled.jsonl
code ttag train link.jsonl -o labelled.jsonl
code ttag train other.jsonl --extra labelled.jsonl:0.5 -o labelled.jsonl
code ttag train labelled.jsonl -o new.ttag --report new.ttag
code ttag classify -m m.ttag labelled.jsonl -o m.ttag
code ttag evaluate -m m.ttag labelled.jsonl --html labelled.jsonl
code ttag calibrate -m m.ttag labelled.jsonl -o m.ttag
code ttag shrink -m m.ttag -o m.ttag
code ttag compare m.ttag m.ttag labelled.jsonl --html m.ttag
code ttag audit labelled.jsonl --write-clean labelled.jsonl
code ttag bootstrap labelled.jsonl --rules rules.json -o rules.json
code ttag export labelled.jsonl --svmlight labelled.jsonl
code ttag-classify -m m.ttag labelled.jsonl -o labelled.jsonl
cmp "$FIXTURES/test.jsonl" labelled.jsonl
cat m.ttag
ls
