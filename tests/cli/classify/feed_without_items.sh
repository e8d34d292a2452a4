. "$LIB"
train_model
printf '\xef\xbb\xbf<?xml version="1.0"?>\n<rss version="2.0"><channel><title>Quiet pond</title></channel></rss>\n' >quiet.rss
echo '<feed xmlns="http://www.w3.org/2005/Atom"><title>Quiet pond</title></feed>' >quiet.atom
echo '{"version":"https://jsonfeed.org/version/1.1","title":"Quiet pond","items":[]}' >quiet.json
for feed in quiet.rss quiet.atom quiet.json; do
    code ttag classify -m model.ttag "$feed" --format feed -o same
    cmp "$feed" same && echo "$feed as it is"
    code ttag classify -m model.ttag --format feed --threads 4 - <"$feed" | head -n 1 | tail -c 60
    code ttag classify -m model.ttag "$feed" --format jsonl
done
# in their places among others, whatever the number of threads
cat >pond.rss <<'END'
<rss version="2.0"><channel><title>Pond</title>
<item><title>A worm spreads</title><description>The worm encrypts files.</description></item>
<item><title>Frogs</title><description>They sing.</description></item>
</channel></rss>
END
cat >pond.json <<'END'
{"version":"https://jsonfeed.org/version/1.1","title":"Pond","items":[
{"id":"1","content_text":"Frogs sing."},
{"id":"2","content_text":"A worm spreads. The worm encrypts files."}]}
END
for threads in 1 2 4; do
    code ttag classify -q -m model.ttag --format feed --only Malware --threads $threads \
        pond.json quiet.json pond.json quiet.rss pond.rss quiet.rss quiet.atom >all.$threads
done
cat all.1
cmp all.1 all.2 && cmp all.1 all.4 && echo same
# what is left of a feed by one filter is a feed to the next
ttag classify -q -m model.ttag --format rss --only Nothing pond.rss 2>notes | code ttag classify -q -m model.ttag --format rss
