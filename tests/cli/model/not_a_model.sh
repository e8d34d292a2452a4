. "$LIB"
: >empty
echo "just text" >text
head -c 100000 /dev/zero >zeros
cp "$FIXTURES/train.jsonl" .
for file in empty text zeros train.jsonl; do
    code ttag classify -m "$file" "$FIXTURES/test.jsonl"
    code ttag inspect --verify "$file"
done
