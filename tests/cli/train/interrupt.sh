# while it waits for the rest of its feed; the old model stays
. "$LIB"
interrupt() {
    mkfifo feed
    ttag train --input-format jsonl feed -o model.ttag &
    exec 9>feed
    head -n 20 "$FIXTURES/train.jsonl" >&9
    until ls -l /proc/$!/fd 2>/dev/null | grep -q 'feed$'; do sleep 0.05; done
    kill -"$1" $!
    wait $!
    echo "exit $?"
    exec 9>&-
    rm feed
}
train_model
cp model.ttag old
interrupt INT
interrupt TERM
same model.ttag old
ls
