. "$LIB"
train_model
mkfifo in
ttag classify -m model.ttag --input-format jsonl - <in >out &
exec 8>in
head -n 1 "$FIXTURES/test.jsonl" >&8
until [ -s out ]; do sleep 0.05; done
kill -TERM $!
wait $!
echo "exit $?"
mask_numbers <out
