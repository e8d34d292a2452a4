. "$LIB"
train_model
cat >pond.feed.json <<'END'
{"version": "https://jsonfeed.org/version/1.1", "title": "Pond", "_x": {"items": [1]},
"items": [
 {"id": "a", "title": "A worm & a trojan", "content_html": "<p>The worm encrypts files.</p>", "_y": [1.0]},
 {"id": 2, "content_text": "The trojan infected a till; a worm.", "tags": ["Malware", "x"]},
 {"id": "c", "tags": 7, "title": "a worm"},
 {"id": "d", "title": "Frogs", "tags": []}
]}
END
code ttag classify -m model.ttag pond.feed.json --format tsv | cut -f1,2
ttag classify -q -m model.ttag --format jsonfeed <pond.feed.json >tagged.json
diff pond.feed.json tagged.json
ttag classify -q -m model.ttag --format feed --input-format jsonfeed tagged.json | cmp - tagged.json && echo "twice is once"

# what is left out takes its comma with it
grep -v '"c"' pond.feed.json >good.feed.json
write() { code ttag classify -q -m model.ttag --format feed "$@" 2>/dev/null; }
write pond.feed.json --only 'Mal*'
write pond.feed.json --drop 'Mal*'
write good.feed.json --only 'Vuln*'
write good.feed.json --drop 'Mal*'
echo '{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"a"}' >cut.feed.json
code ttag classify -m model.ttag cut.feed.json
