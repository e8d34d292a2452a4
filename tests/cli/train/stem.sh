. "$LIB"
needs python3
ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --stem english --stop-words english --threads 1
ttag train -q "$FIXTURES/train.jsonl" -o other.ttag --stem english --stop-words english --threads 3
same model.ttag other.ttag
ttag inspect --card model.ttag | python3 -c '
import json, sys
options = json.load(sys.stdin)["options"]
print(options["stem"], options["stop_words"])'
head -n 1 "$FIXTURES/test.jsonl" | ttag classify -m model.ttag --format jsonl --explain 3 | mask_numbers
head -n 1 "$FIXTURES/test.jsonl" | ttag-classify -m model.ttag --format jsonl >alone
head -n 1 "$FIXTURES/test.jsonl" | ttag classify -m model.ttag --format jsonl | same - alone
ttag export -q "$FIXTURES/train.jsonl" --svmlight matrix -m model.ttag
grep -cE '^(title:)?(the|of|and)( |$)' matrix.terms
echo "ransomware" >words.txt
ttag train -q "$FIXTURES/train.jsonl" -o given.ttag --stop-words words.txt
ttag inspect --card given.ttag | grep -o '"stop_words":"[a-z]*"'
ttag export -q "$FIXTURES/train.jsonl" --svmlight matrix -m given.ttag
grep -cE '^ransomware|ransomware$' matrix.terms
code ttag train "$FIXTURES/train.jsonl" -o none.ttag --stop-words missing.txt
code ttag train "$FIXTURES/train.jsonl" -o none.ttag --stop-words english --hash-bits 12
code ttag train "$FIXTURES/train.jsonl" -o none.ttag --stem latin
