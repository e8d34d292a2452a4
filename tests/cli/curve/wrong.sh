. "$LIB"
code ttag curve
code ttag curve --points 1 "$FIXTURES/train.jsonl"
head -n 3 "$FIXTURES/train.jsonl" >few.jsonl
code ttag curve few.jsonl
true
