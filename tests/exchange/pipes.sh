#!/bin/bash
# Runs each command of docs/pipes.md against a local server: pipes.sh TOP BIN
# Every command must end well and leave what it says; 77: there is no curl, or no server.
top=$1 bin=$2
python=/usr/bin/python3
command -v curl >/dev/null && [ -x $python ] || { echo "skipped: needs curl and $python"; exit 77; }
work=$(mktemp -d) || exit 2
trap 'kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
cd "$work" || exit 2
export PATH=$bin:$PATH
export PYTHONDONTWRITEBYTECODE=1
export no_proxy='*' NO_PROXY='*'

ttag train -q "$top/tests/cli/fixtures/train.jsonl" -o news.ttag || exit 1
cp "$top/tests/cli/fixtures/test.jsonl" articles.jsonl
mkdir www
for n in 1 2; do
    cat >www/feed$n.rss <<END
<?xml version="1.0"?>
<rss version="2.0"><channel><title>Pond $n</title>
<item><title>A worm and a trojan</title><guid isPermaLink="false">urn:pond:$n:1</guid><link>http://pond.example/$n/1</link>
<pubDate>Sun, 01 Mar 2026 10:00:00 GMT</pubDate><description>The malware payload infected the cellar.</description></item>
<item><title>Frogs</title><guid isPermaLink="false">urn:pond:$n:2</guid><description>They sing.</description></item>
</channel></rss>
END
done
cp articles.jsonl www/stream

$python "$top/tests/exchange/server.py" www >port 2>server.log &
server=$!
for ((n = 0; n < 100; n++)); do
    [ -s port ] && break
    sleep 0.1
done
[ -s port ] || { echo "skipped: no server could be started"; exit 77; }
export HOST=http://127.0.0.1:$(cat port) KEY=secret
export FEED=$HOST/feed1.rss

# The commands stand behind "$ " in blocks for the console.
failed=0 count=0
while IFS= read -r line; do
    count=$((count + 1))
    timeout 60 bash -o pipefail -c "${line#\$ }" >out 2>err </dev/null && continue
    echo "failed: ${line#\$ }"
    cat err
    failed=1
done < <(awk '/^```console$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$top/docs/pipes.md")
[ $count -ge 10 ] || { echo "only $count commands"; failed=1; }

want() { # how many, what, in which file
    local found
    found=$(grep -c -- "$2" "$3")
    [ "$found" = "$1" ] || { echo "$3: $found times '$2'; expected $1"; failed=1; }
}
want 2 '<item>' tagged.rss
want 1 '<category>Malware</category>' tagged.rss
want 1 '<item>' threats.rss
lines=$(wc -l <articles.jsonl)
want "$lines" '^POST /events/add .*threattag:category\|^POST /events/add .*unsupervised' posted
want "$lines" '^POST /topics/tagged .*"text"' posted
want 1 '^POST /collections/news/objects/ {"objects"' posted
want "$lines" '"text"' tagged.jsonl
want 3 '' tagged.csv
$python "$top/tests/exchange/check_misp.py" <events.json >told || { cat told; failed=1; }
$python "$top/tests/exchange/check_misp.py" <retagged.json >told || { cat told; failed=1; }
want 2 '^{"Event"' retagged.json
$python "$top/tests/exchange/check_stix.py" <bundle.json >told || { cat told; failed=1; }
$python "$top/tests/exchange/check_csv.py" <tagged.csv >told || { cat told; failed=1; }
$python "$top/tests/exchange/show_db.py" news.db 'SELECT count(*) FROM articles' >rows
want 1 '^4$' rows
[ $failed = 0 ] && echo "$count commands: all as told"
exit $failed
