# One page, the same whatever the threads, with all sections; what others wrote stays text.
. "$LIB"
train_model
cat >hostile.jsonl <<'END'
{"id":"</script><b>7","text":"ransomware <script>alert(1)</script> demands & a bitcoin wallet","tags":["<img src=x onerror=alert(2)>"],"source":"\"><script>alert(3)</script>","date":"2031-04-01"}
{"id":"plain","text":"nothing much","tags":["Malware"],"source":"Quiet Gazette","date":"2031-05-02T10:00:00Z"}
END
ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" hostile.jsonl --html page.html -o report.txt
grep -o '<h2 id="[a-z]*-title">[^<]*' page.html
echo "scripts: $(grep -c '<script>' page.html), images: $(grep -ci '<img' page.html)"
grep -c 'onerror=alert(2)&gt;' page.html >/dev/null && echo "tags are escaped"
grep -c 'https\?:' page.html
ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" hostile.jsonl --html again.html -o report.txt --threads 7
same page.html again.html
tail -1 page.html
ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" hostile.jsonl --html - -o report.txt | cmp - page.html && echo "same"
ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" --html -
echo "exit $?"
ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" --html no/such/folder/page.html
echo "exit $?"
