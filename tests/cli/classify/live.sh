# a record that came is answered before the next one comes, however many threads there are
. "$LIB"
train_model
mkfifo in out
for threads in 1 4; do
    ttag classify -m model.ttag --input-format jsonl --threads $threads - <in >out &
    exec 8>in 9<out
    for word in gulls ferry harbour; do
        echo "{\"id\": \"$word\", \"text\": \"$word\"}" >&8
        read -r -t 20 answer <&9 || echo "no answer"
        echo "$answer"
    done
    # a burst, then half a record: all of the burst is answered
    for i in $(seq 3000); do echo "{\"id\": $i, \"text\": \"gulls\"}"; done >burst
    (cat burst && printf '{"id": "last",') >&8 &
    for i in $(seq 3000); do read -r -t 20 answer <&9 || echo "no answer"; done
    echo "$answer"
    echo '"text": "ferry"}' >&8
    read -r -t 20 answer <&9 || echo "no answer"
    echo "$answer"
    exec 8>&-
    wait
    exec 9<&-
done
