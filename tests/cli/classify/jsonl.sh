. "$LIB"
train_model
ttag classify -m model.ttag --format jsonl "$FIXTURES/test.jsonl" | mask_numbers
