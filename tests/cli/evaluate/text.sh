. "$LIB"
train_model
ttag evaluate -m model.ttag "$FIXTURES/test.jsonl" | mask_numbers
