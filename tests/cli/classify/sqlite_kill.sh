# killed in mid-run: a database that opens and holds whole articles; a rerun completes it
. "$LIB"
needs /usr/bin/python3
train_model
awk 'BEGIN { for (n = 0; n < 30000; n++) printf "{\"id\":%d,\"text\":\"a worm, a trojan, malware number %d\"}\n", n, n }' >feed.jsonl
show() { /usr/bin/python3 "$SOURCE/tests/exchange/show_db.py" "$@"; }
ttag classify -q -m model.ttag --format sqlite -o whole.db feed.jsonl
for round in 1 2 3; do
    ttag classify -q -m model.ttag --format sqlite -o news.db <(cat feed.jsonl; sleep 20) 2>/dev/null &
    writer=$!
    for ((n = 0; n < 600; n++)); do # somewhere in the middle, later each time
        rows=$(show news.db 'SELECT count(*) FROM articles' 2>/dev/null)
        [ "${rows:-0}" -ge $((round * 2000)) ] && break
        sleep 0.02
    done
    kill -9 $writer
    wait $writer 2>/dev/null
    rows=$(show news.db 'SELECT count(*) FROM articles')
    [ "$rows" -ge $((round * 2000)) ] && echo "opens with some rows"
    show news.db 'SELECT count(*) FROM articles WHERE NOT EXISTS (SELECT 1 FROM tags WHERE article = number)'
    show news.db 'SELECT complete FROM runs'
done
code ttag classify -q -m model.ttag --format sqlite -o news.db feed.jsonl
show news.db
show whole.db >whole
show news.db | cmp - whole && echo "as if nothing had been"
show news.db 'SELECT complete, articles FROM runs'
show whole.db 'SELECT id, tag, probability FROM articles, tags WHERE article = number ORDER BY 1, 2' >whole
show news.db 'SELECT id, tag, probability FROM articles, tags WHERE article = number ORDER BY 1, 2' | cmp - whole && echo "the same tags"
