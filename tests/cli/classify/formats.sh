# the same bytes read in three ways
. "$LIB"
train_model
cp "$FIXTURES/folder/malware.txt" letter
for format in auto article text; do
    ttag classify -m model.ttag --input-format $format letter | mask_numbers
done
ttag classify -m model.ttag --input-format jsonl letter
