. "$LIB"
train_model
ttag classify -m model.ttag "$FIXTURES/folder" | mask_numbers
