. "$LIB"
train_model
ttag classify -m model.ttag "$FIXTURES/test.jsonl" | mask_numbers
