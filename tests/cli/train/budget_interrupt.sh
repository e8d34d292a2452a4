# a signal ends it as the end of time does: MODEL is written
. "$LIB"
interrupt() {
    rm -f log
    ttag train feed.jsonl -o model.ttag --budget 1h --report card.json --solver libsvm --partitions 100 2>log &
    wait_for "is dropped" log
    kill -"$1" $!
    wait $!
    echo "exit $?"
    sed -E -e 's/[0-9]+ of 20/N of 20/; s/[0-9]+ of them/N of them/; s/ \([^)]*\)//' \
        -e 's/: T.*/: …/; s/; .*/; …/' log
    grep -o '"stopped": "interrupted"' card.json
}
slow_feed >feed.jsonl
echo old >model.ttag
interrupt INT
interrupt TERM
ls
ttag inspect model.ttag | grep '^stopped'
ttag inspect model.ttag | grep -q ' unfinished$' || echo "none is unfinished"
