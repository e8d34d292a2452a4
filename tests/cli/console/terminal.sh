# colours and progress on a terminal only; nothing is left of the progress line
. "$LIB"
needs script
mkfifo in
on_terminal() {
    (
        exec 8>in
        for i in 1 2 3; do
            for j in $(seq 10); do cat "$FIXTURES/train.jsonl"; done >&8
            sleep 0.8
        done
    ) &
    script -qec "$1" /dev/null </dev/null | tr '\r' '\n' | sed 's/\x1b/ESC/g' >seen
    wait
}
command="ttag train -o new.ttag --preset plain --thresholds none --input-format jsonl in"
TERM=xterm on_terminal "$command"
echo "progress: $(grep -c '^ESC\[Kreading [0-9]' seen | sed 's/^[1-9].*/some/')"
tail -n 2 seen | sed -E 's/[0-9.]+ (kB|MB)/SIZE/'
TERM=xterm NO_COLOR=1 on_terminal "$command"
grep -c 'ESC\[1' seen
TERM=xterm on_terminal "$command -q"
cat seen
