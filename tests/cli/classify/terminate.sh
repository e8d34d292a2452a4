# SIGTERM in mid-stream: what was read is answered, what was not is left to the next reader
. "$LIB"
train_model
# lines of 256 bytes: however the pipe cuts its contents, it is between two of them
awk 'BEGIN { for (i = 1; i <= 20000; i++) {
    line = sprintf("{\"id\":%d,\"text\":\"gulls and the ferry in harbour", i)
    while (length(line) < 253) line = line " "
    print line "\"}" } }' >feed.jsonl
ttag classify -m model.ttag feed.jsonl >full
mkfifo in out
for threads in 1 2 4; do
    exec 7<>in
    cat feed.jsonl >in &
    writer=$!
    ttag classify -m model.ttag --input-format jsonl --threads $threads <in >out &
    exec 9<out
    for i in $(seq 100); do read -r -t 20 line <&9 && echo "$line"; done >first
    kill -TERM $!
    cat <&9 >>first
    wait $!
    echo "exit $?"
    exec 8<in 7>&- 9<&-
    ttag classify -m model.ttag --input-format jsonl <&8 >second
    exec 8<&-
    wait $writer
    cat first second | cmp - full && echo "nothing is lost"
    lines=$(wc -l <first)
    [ "$lines" -gt 100 ] && [ "$lines" -lt 20000 ] && echo "in mid-stream"
done
