. "$LIB"
train_model
code ttag classify -m model.ttag nowhere.jsonl "$FIXTURES/folder/malware.txt" | mask_numbers
