# stopped in the middle, a document is closed: all that was read is in it
. "$LIB"
needs /usr/bin/python3 mkfifo
train_model
mkfifo pipe
for format in stix misp; do
    ttag classify -q -m model.ttag --format $format -o whole.$format pipe 2>/dev/null &
    program=$!
    ttag classify -q -m model.ttag --format $format <"$FIXTURES/test.jsonl" >all.$format
    exec 3>pipe
    cat "$FIXTURES/test.jsonl" >&3
    sleep 0.5
    kill -INT $program
    wait $program
    echo "exit $?"
    exec 3>&-
    PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$SOURCE/tests/exchange/check_$format.py" <whole.$format
    cmp all.$format whole.$format && echo "all of it"
done
