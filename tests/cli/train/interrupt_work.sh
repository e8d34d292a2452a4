# in the middle of the calculation: MODEL stays, and what there is goes beside it
. "$LIB"
interrupt() {
    rm -f log
    ttag train feed.jsonl -o model.ttag --report card.json --cost auto --solver libsvm --partitions 100 2>log &
    wait_for "cost 1, positive weight 1" log
    kill -"$1" $!
    wait $!
    echo "exit $?"
    sed -E -e '/^ttag: note: cost/d' -e 's/[0-9]+ (of|trial)/N \1/; s/\([^)]*\)//' \
        -e 's/N trials? is taken/N trials are taken/; s/; .*/; …/' log
}
slow_feed >feed.jsonl
echo old >model.ttag
interrupt INT
interrupt TERM
cat model.ttag
ls
ttag inspect model.ttag.partial | grep stopped
ttag inspect model.ttag.partial T0 | grep finished
