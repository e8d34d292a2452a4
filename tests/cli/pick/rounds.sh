# Articles without tags in, some of them out, ready to be labelled; labelled, they can be learnt.
. "$LIB"
needs python3
train_model
python3 - "$FIXTURES/test.jsonl" <<'P'
import json, sys
with open("bare.jsonl", "w") as out:
    for line in open(sys.argv[1]):
        r = json.loads(line)
        r.pop("tags", None)
        out.write(json.dumps(r) + "\n")
P
ttag pick -m model.ttag -n 4 bare.jsonl -o picked.jsonl
python3 - <<'P'
import json
own = {json.loads(l)["text"]: json.loads(l) for l in open("bare.jsonl")}
for line in open("picked.jsonl"):
    r = json.loads(line)
    suggested, why = r.pop("suggested"), r.pop("picked")
    print(r == own[r["text"]], isinstance(suggested, list), sorted(why), sorted(why["unsure"][0]))
P
# the same by standard input, and the same again
ttag pick -q -m model.ttag -n 4 - <bare.jsonl | cmp - picked.jsonl && echo same
# what was picked can be labelled and trained on
sed 's/}$/,"tags":["Malware"]}/' picked.jsonl >labelled.jsonl
ttag train -q "$FIXTURES/train.jsonl" labelled.jsonl -o next.ttag && ls next.ttag
