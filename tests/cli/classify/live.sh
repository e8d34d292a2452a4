# a record that came is answered before the next one comes
. "$LIB"
train_model
mkfifo in out
ttag classify -m model.ttag --input-format jsonl - <in >out &
exec 8>in 9<out
for word in gulls ferry harbour; do
    echo "{\"id\": \"$word\", \"text\": \"$word\"}" >&8
    read -r -t 20 answer <&9 || echo "no answer"
    echo "$answer"
done
exec 8>&-
wait
