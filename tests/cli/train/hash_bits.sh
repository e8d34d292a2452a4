. "$LIB"
needs python3
ttag train "$FIXTURES/train.jsonl" -o model.ttag --hash-bits 10 --threads 1
ttag train -q "$FIXTURES/train.jsonl" -o other.ttag --hash-bits 10 --threads 3
same model.ttag other.ttag
ttag inspect --card model.ttag | python3 -c '
import json, sys
card = json.load(sys.stdin)
print(card["options"]["hash_bits"], card["hashing"])'
head -n 1 "$FIXTURES/test.jsonl" | ttag classify -m model.ttag --explain 3 | mask_numbers
ttag export -q "$FIXTURES/train.jsonl" --svmlight matrix -m model.ttag
grep -c '(shared)$' matrix.terms
code ttag export "$FIXTURES/train.jsonl" --svmlight matrix -m model.ttag --hash-bits 10
code ttag train "$FIXTURES/train.jsonl" -o none.ttag --hash-bits 9
code ttag train "$FIXTURES/train.jsonl" -o none.ttag --hash-bits 29
code ttag train "$FIXTURES/train.jsonl" -o none.ttag --hash-bits 12 --max-terms 50
ls
