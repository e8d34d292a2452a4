# what comes before standard input does not wait for it
. "$LIB"
train_model
mkfifo in out
printf 'Gulls\n\nThe gulls took the ferry.\n' >a.txt
ttag classify -m model.ttag a.txt "$FIXTURES/test.jsonl" - <in >out &
exec 8>in 9<out
for i in $(seq "$(($(wc -l <"$FIXTURES/test.jsonl") + 1))"); do
    read -r -t 20 answer <&9 && echo "$answer" | cut -f 1
done
echo '{"id": "from stdin", "text": "gulls"}' >&8
read -r -t 20 answer <&9 && echo "$answer" | cut -f 1
exec 8>&-
wait $!
echo "exit $?"
