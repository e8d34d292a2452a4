# passages: the model knows its unit, says which sentence speaks for a tag, and where it stands
. "$LIB"
needs python3
train_model --unit sentence --threads 1
mv model.ttag one.ttag
train_model --unit sentence --threads 3 --report report.json
same one.ttag model.ttag
python3 - <<'PYTHON'
import json
card = json.load(open("report.json"))
print(card["options"]["unit"], sorted(card["combining"]), len(card["combining"]["trials"]))
print(0 < card["out_of_fold"]["per_article_f1"] <= 1)
PYTHON
printf '%s\n' '{"id":1,"text":"Größe: klein. The trojan drops a ransomware payload. It rained."}' >one.jsonl
ttag classify -m model.ttag --format jsonl --all --explain 1 one.jsonl | python3 -c '
import json, sys
text = json.load(open("one.jsonl"))["text"]
for tag in json.load(sys.stdin)["tags"]:
    if tag["tag"] != "Malware": continue
    for p in tag["passages"]:
        print(p["text"], p["start"], p["end"], text[p["start"]:p["end"]] == p["text"],
              0 <= p["probability"] <= 1, sorted(tag))'
ttag-classify -m model.ttag --format tsv --top 1 --all one.jsonl | cut -f 2
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --unit paragraph
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --unit paragraph --kernel rbf
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --unit page
