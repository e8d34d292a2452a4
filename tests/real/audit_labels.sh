#!/bin/bash
# Reuters with 5 % of its labels wrong, half of them taken away and half given at random: of the first
# 200 labels that an audit names, most are these.
. "$(dirname "$0")/common.sh"
needs_shared data/reuters.train.jsonl
needs_programs python3

cat >"$scratch/plant.py" <<'END'
import json, random, sys
rng = random.Random(1)
articles = [json.loads(line) for line in open(sys.argv[1])]
tags = sorted({t for a in articles for t in a["tags"]})
labels = [(i, t) for i, a in enumerate(articles) for t in a["tags"]]
count = len(labels) // 40
taken, given = set(rng.sample(labels, count)), set()
while len(given) < count:
    i, t = rng.randrange(len(articles)), rng.choice(tags)
    if t not in articles[i]["tags"]:
        given.add((i, t))
for i, t in taken:
    articles[i]["tags"].remove(t)
for i, t in sorted(given):
    articles[i]["tags"].append(t)
with open(sys.argv[2], "w") as out:
    for i, a in enumerate(articles):
        out.write(json.dumps(dict(a, id=i)) + "\n")
json.dump(sorted(taken | given), open(sys.argv[3], "w"))
END
cat >"$scratch/judge.py" <<'END'
import json, sys
planted = {(i, t) for i, t in json.load(open(sys.argv[1]))}
named = json.load(open(sys.argv[2]))["labels"][:200]
print(sum((n["id"], n["tag"]) in planted for n in named) / 200)
END
python3 "$scratch/plant.py" "$data/reuters.train.jsonl" "$scratch/feed.jsonl" "$scratch/planted.json"
"$ttag" audit -q "$scratch/feed.jsonl" --threads 2 --format json -o "$scratch/audit.json"
expect "precision of the first 200" "$(python3 "$scratch/judge.py" "$scratch/planted.json" "$scratch/audit.json")" 0.6
finish
