# a reader that has what it wants ends a program that waits for input
. "$LIB"
train_model
mkfifo in
for threads in 1 2; do
    { timeout 20 ttag classify -m model.ttag --input-format jsonl --threads $threads - <in; echo "exit $?" >&2; } | head -n 1 | cut -f 1 &
    exec 8>in
    echo '{"id": "gulls", "text": "gulls"}' >&8
    wait
    exec 8>&-
done
