# a database that another program has locked is waited for; a signal ends that
. "$LIB"
needs /usr/bin/python3
train_model
head -n 2 "$FIXTURES/test.jsonl" >feed.jsonl
code ttag classify -q -m model.ttag --format sqlite -o news.db feed.jsonl
# has another program lock it, and a writer wait
wait_for_another() {
    rm -f locked
    : >notes
    /usr/bin/python3 - <<'END' &
import sqlite3, time
file = sqlite3.connect("news.db", isolation_level=None)
file.execute("BEGIN EXCLUSIVE")
open("locked", "w").close()
time.sleep(600)
END
    holder=$!
    until [ -e locked ]; do sleep 0.05; done
    ttag classify -m model.ttag --format sqlite -o news.db feed.jsonl 2>>notes &
    writer=$!
    until grep -q "waiting" notes; do sleep 0.05; done
}
wait_for_another
kill $holder
wait $writer
echo "exit $?"
cat notes
wait_for_another
kill -INT $writer
wait $writer
echo "exit $?"
cat notes
kill $holder
code ttag classify -q -m model.ttag --format sqlite -o news.db feed.jsonl
/usr/bin/python3 "$SOURCE/tests/exchange/show_db.py" news.db 'SELECT complete, articles FROM runs'
