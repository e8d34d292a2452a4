. "$LIB"
train_model
ttag-classify "$FIXTURES/folder/malware.txt" -m model.ttag | mask_numbers
code ttag-classify classify -m model.ttag
code ttag-classify --keep -m model.ttag
