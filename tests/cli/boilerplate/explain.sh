# What is dropped is shown, in code points of the text; with --keep-boilerplate nothing is.
. "$LIB"
needs python3
train_model
printf '%s\n' '{"id":1,"text":"Müller: the gang sold ransomware.\n\nLeave a reply\nShare this:\nIt demands a ransom [gallery ids=\"1\"] in coins."}' >one.jsonl
ttag classify -m model.ttag --format jsonl --explain 1 one.jsonl | python3 -c '
import json, sys
text = json.loads(open("one.jsonl").read())["text"]
for d in json.load(sys.stdin)["dropped"]:
    print(d["why"], repr(text[d["start"]:d["end"]]))'
ttag classify -m model.ttag --explain 1 one.jsonl | sed 's/.*; dropped/dropped/'
ttag classify -m model.ttag --format jsonl --explain 1 --keep-boilerplate one.jsonl | grep -c dropped
# dropping is as if it were not there
ttag classify -m model.ttag --format tsv --all one.jsonl >with
sed 's/Leave a reply.nShare this:.n/\\n/; s/\[gallery[^]]*\]//' one.jsonl >two.jsonl
ttag classify -m model.ttag --format tsv --all two.jsonl >without
ttag classify -m model.ttag --format tsv --all --keep-boilerplate two.jsonl | cmp - without && same with without
ttag classify -m model.ttag --format tsv --all --keep-boilerplate one.jsonl | cmp -s - with || echo differs
