# Tables for issues and wikis; what would be markup is escaped.
. "$LIB"
train_model
echo '{"text":"a new thing","tags":["a|b *c*"]}' >odd.jsonl
ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" odd.jsonl --format markdown | mask_numbers
