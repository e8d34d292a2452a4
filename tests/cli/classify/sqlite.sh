# a database: the same feed again changes rows and adds none; models beside each other
. "$LIB"
needs /usr/bin/python3
train_model
cp model.ttag other.ttag
cp "$FIXTURES/exchange.jsonl" feed.jsonl
show() { /usr/bin/python3 "$SOURCE/tests/exchange/show_db.py" "$@"; }
write() { code ttag classify -q -m model.ttag --format sqlite -o news.db "$@" 2>/dev/null; }
code ttag classify -m model.ttag --format sqlite -o news.db feed.jsonl
show news.db
show news.db 'SELECT uuid, id, title, text, url, date, source FROM articles'
show news.db 'SELECT id, tag, round(probability), given, review, implied_by, run FROM tags, articles WHERE article = articles.number'
show news.db 'SELECT name, length(model), version, tagged, articles, refused, complete FROM runs'
show news.db 'SELECT * FROM refused'
show news.db "SELECT id FROM search, articles WHERE search MATCH 'cellar' AND search.rowid = number"
echo "again"
show news.db 'SELECT * FROM tags' >before
write --threads 3 feed.jsonl
show news.db
show news.db 'SELECT * FROM tags' | cmp - before && echo "same tags"
echo "changed: one text is another, one record can be read now"
sed -i 's/cellar/attic/; s/{"text":1}/{"id":"late","text":"at last"}/' feed.jsonl
SOURCE_DATE_EPOCH=1795305600 write feed.jsonl
show news.db
show news.db "SELECT id FROM search, articles WHERE search MATCH 'attic OR cellar' AND search.rowid = number"
show news.db 'SELECT name, tagged, articles, refused, complete FROM runs'
echo "another model"
code ttag classify -q -m other.ttag --format sqlite -o news.db --all feed.jsonl
show news.db
show news.db 'SELECT name FROM runs'
show news.db 'SELECT count(DISTINCT tag) > 5, sum(given) < count(*) FROM tags WHERE run = 2'
echo "as it comes"
(cat feed.jsonl; wait_for more go; echo '{"id":"more","text":"malware"}') | ttag classify -q -m model.ttag --format sqlite -o live.db &
for ((n = 0; n < 100; n++)); do
    rows=$(show live.db 'SELECT count(*) FROM articles' 2>/dev/null)
    [ "$rows" = 8 ] && break
    sleep 0.1
done
echo "$rows rows before the end"
echo more >go
wait
show live.db
echo "no room"
awk 'BEGIN { for (n = 0; n < 9000; n++) printf "{\"id\":%d,\"text\":\"a worm, a trojan, malware number %d\"}\n", n, n }' >many.jsonl
(ulimit -f 700; code ttag classify -q -m model.ttag --format sqlite -o full.db many.jsonl 2>&1 | sed 's/: cannot write .*//')
show full.db 'SELECT count(*) > 0, count(*) < 9000 FROM articles'
show full.db 'SELECT complete FROM runs'
code ttag classify -q -m model.ttag --format sqlite -o full.db many.jsonl
show full.db
echo "what is refused"
echo "no database" >text.db
code ttag classify -m model.ttag --format sqlite -o text.db feed.jsonl
/usr/bin/python3 -c 'import sqlite3; sqlite3.connect("theirs.db").execute("CREATE TABLE t(a)")'
code ttag classify -m model.ttag --format sqlite -o theirs.db feed.jsonl
cp news.db later.db
/usr/bin/python3 -c 'import sqlite3; sqlite3.connect("later.db").execute("PRAGMA user_version = 9")'
code ttag classify -m model.ttag --format sqlite -o later.db feed.jsonl
code ttag classify -m model.ttag --format sqlite feed.jsonl
code ttag classify -m model.ttag --format sqlite -o nowhere/news.db feed.jsonl
code ttag-classify -m model.ttag --format sqlite -o news.db feed.jsonl
