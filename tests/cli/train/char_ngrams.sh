. "$LIB"
needs python3
ttag train "$FIXTURES/train.jsonl" -o model.ttag --char-ngrams 3-5 --threads 1
ttag train -q "$FIXTURES/train.jsonl" -o other.ttag --char-ngrams 3-5 --threads 3
same model.ttag other.ttag
ttag inspect --card model.ttag | python3 -c '
import json, sys
print(json.load(sys.stdin)["options"]["char_ngrams"])'
head -n 1 "$FIXTURES/test.jsonl" | ttag classify -m model.ttag --explain 3 --format jsonl | mask_numbers
head -n 1 "$FIXTURES/test.jsonl" | ttag-classify -m model.ttag --format jsonl >alone
head -n 1 "$FIXTURES/test.jsonl" | ttag classify -m model.ttag --format jsonl | same - alone
ttag export -q "$FIXTURES/train.jsonl" --svmlight matrix -m model.ttag
grep -c '^char:' matrix.terms
ttag train -q "$FIXTURES/train.jsonl" -o none.ttag --char-ngrams 3-5 --char-ngrams none
ttag inspect --card none.ttag | grep -c 'char_ngrams": *"none"'
rm none.ttag
for lengths in 0-3 3-9 5-3 3 3- a-b 3-5x; do
    code ttag train "$FIXTURES/train.jsonl" -o none.ttag --char-ngrams "$lengths"
done
code ttag export "$FIXTURES/train.jsonl" --svmlight matrix -m model.ttag --char-ngrams 3-5
ls
