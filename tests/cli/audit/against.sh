# a test set that is in part in the feed; nothing to audit; wrong use
. "$LIB"

ttag audit -q "$FIXTURES/train.jsonl" --no-labels --against "$FIXTURES/test.jsonl" | sed -n '/^Leaks/,/^$/p'
head -2 "$FIXTURES/train.jsonl" | cat - "$FIXTURES/test.jsonl" >leaked.jsonl
ttag audit -q "$FIXTURES/train.jsonl" --no-labels --against leaked.jsonl | sed -n '/^Leaks/,/^$/p'
code ttag audit
code ttag audit -q /dev/null
code ttag audit -q "$FIXTURES/train.jsonl" --similarity 0.1
echo '{"text":' | code ttag audit -q --no-labels --input-format jsonl - "$FIXTURES/train.jsonl" | tail -1
