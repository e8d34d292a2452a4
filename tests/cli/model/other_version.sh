. "$LIB"
train_model
# the version stands behind the eight bytes of the mark
printf '\x63\0\0\0' | dd of=model.ttag bs=1 seek=8 conv=notrunc status=none
code ttag classify -m model.ttag "$FIXTURES/test.jsonl"
code ttag inspect model.ttag
