. "$LIB"
train_model
ttag classify -m model.ttag --format tsv "$FIXTURES/test.jsonl" | mask_numbers
