# Tables and page name the articles that passages make up, once each, with their first source.
. "$LIB"
train_model --unit sentence
cat >parts.jsonl <<'END'
{"text":"It rained.","id":"single","tags":["Malware"],"source":"One"}
{"text":"The trojan drops a ransomware payload.","article":"a","tags":["Malware"],"source":"Two"}
{"text":"It rained again.","article":"b","tags":["Malware"],"date":"2031-02-03"}
{"text":"It rained.","article":"a","tags":[],"source":"Three"}
END
ttag evaluate -q -m model.ttag parts.jsonl --html page.html --html-data tables -o /dev/null
cut -d, -f 1-3 tables/articles.csv
grep -c 'class="card"><h3><span class="name"' page.html
