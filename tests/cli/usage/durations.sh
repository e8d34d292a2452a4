# what a time may be
. "$LIB"
for time in 0 0s -1 5d 5min m 1e 1e999 9000h 0x5 ' 5' '' 5ss; do
    code ttag train feed.jsonl -o model.ttag --budget "$time"
done
for time in 1 0.001 1.5h 90s 5m 1e3; do # these are understood: the feed is missing
    code ttag train feed.jsonl -o model.ttag --budget $time 2>/dev/null
done
