# a reader that takes its time: not more is read than fits into a few batches
. "$LIB"
[ -r /proc/self/fdinfo/0 ] || skip "there is no /proc"
train_model
awk 'BEGIN { for (i = 1; i <= 200000; i++) printf("{\"id\":%d,\"text\":\"gulls and the ferry in the harbour, and a text of some length behind it\"}\n", i) }' >feed.jsonl
mkfifo out
for threads in 1 4; do
    ttag classify -m model.ttag --threads $threads - <feed.jsonl >out &
    exec 9<out
    read -r first <&9
    taken=0
    while :; do # until it stands still
        last=$taken
        sleep 0.2
        taken=$(awk '/^pos:/ { print $2 }' /proc/$!/fdinfo/0)
        [ "$taken" != "$last" ] || break
    done
    [ "$taken" -lt 4000000 ] && echo "$threads: bounded"
    kill -TERM $!
    cat <&9 >rest
    wait $!
    echo "exit $?"
    exec 9<&-
    [ -z "$(tail -c 1 rest)" ] && echo "whole lines"
done
