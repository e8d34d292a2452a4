# SIGTERM and SIGINT while nothing is there to be read
. "$LIB"
train_model
mkfifo in
for signal in TERM INT; do
    rm -f out
    ttag classify -m model.ttag --input-format jsonl - <in >out &
    exec 8>in
    (head -n 1 "$FIXTURES/test.jsonl" && printf '{"id":') >&8
    until [ -s out ]; do sleep 0.05; done
    kill -$signal $!
    wait $!
    echo "exit $?"
    exec 8>&-
    mask_numbers <out
done
