# two models on the same articles: text, JSON, and what the option about articles does
. "$LIB"
train_model
mv model.ttag old.ttag
train_model --averaging none --thresholds none --cost 0.1
cp "$FIXTURES/test.jsonl" .
ttag compare old.ttag model.ttag "$FIXTURES/test.jsonl" --articles 2 | mask_numbers | sed 's/  */ /g'
ttag compare old.ttag model.ttag test.jsonl --format json | mask_numbers | grep -v '"tag": .*support'
ttag compare old.ttag old.ttag "$FIXTURES/test.jsonl" | sed -n 1,3p
