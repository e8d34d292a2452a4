# the repaired copy: copies joined, blanket tags dropped, the rest as it was; and the list of changes
. "$LIB"

mkdir feed
cat >feed/a.jsonl <<'END'
{"id": "one", "text": "The gang asked for forty goats.", "tags": ["Malware"], "more": {"a": [1, "b"]}}
{"id": "two", "text": "the gang asked for forty goats", "tags": ["Malware", "Crime"]}
{"id": "three", "text": "The gang asked for forty goats!", "tags": ["Crime"]}
 {"id":4,  "text":"Not a copy of anything."}
END
cat >feed/b.txt <<'END'
Everything at once

SymantecNews Malware AVGNews SophosNews KasperskyNews APTFilter McAfeeNews CERT-LatestNews SocialEngineering FSecureNews

Nobody knows what this is about.
END
ttag audit -q feed --no-labels --write-clean clean.jsonl --html page.html >report.txt
cat clean.jsonl clean.jsonl.changes.jsonl
grep -c "<table" page.html >/dev/null && echo "a page"
ttag audit -q clean.jsonl --no-labels | grep -c -e Duplicates -e Blanket
code ttag audit -q feed --no-labels --write-clean nowhere/clean.jsonl
code ttag audit -q feed --no-labels --write-clean -
