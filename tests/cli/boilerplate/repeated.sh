# A line under every article of a source is learnt, and dropped when tagging; --keep-boilerplate and
# --preset plain learn nothing, and such a model keeps everything.
. "$LIB"
needs python3
python3 - "$FIXTURES/train.jsonl" <<'P'
import json, sys
with open("train.jsonl", "w") as out:
    for n, line in enumerate(open(sys.argv[1])):
        r = json.loads(line)
        r["source"] = "herald"
        r["text"] += "\n\nThe Herald, issue %d, is printed every day" % n
        out.write(json.dumps(r) + "\n")
P
echo '{"text":"A gang sold ransomware.\nThe HERALD: issue 7 is printed every day!"}' >new.jsonl
for options in '' --keep-boilerplate '--preset plain'; do
    ttag train -q train.jsonl -o model.ttag --report card.json $options
    python3 -c 'import json; print(json.load(open("card.json"))["options"].get("boilerplate"))'
    ttag classify -m model.ttag --explain 1 new.jsonl | grep -o 'dropped.*'
    ttag export train.jsonl -q --svmlight rows -m model.ttag
    grep -c herald rows.terms
done
# standard input is read once: patterns only
ttag train -q - -o model.ttag --report card.json <train.jsonl
python3 -c 'import json; print(json.load(open("card.json"))["options"]["boilerplate"])'
true
