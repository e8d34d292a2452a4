# Intervals hold their figures, are the same for the same seed, and can be left out.
. "$LIB"
needs python3
train_model
report() { ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" --format json "$@"; }
report --threads 1 >a.json
report --threads 5 --replicates 1000 --seed 1 >b.json
same a.json b.json
report --replicates 0 | grep -c intervals
ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" --replicates 0 | grep -c 'range'
report --replicates 200 --seed 7 | python3 -c '
import json, sys
e = json.load(sys.stdin)
i = e["intervals"]
print(i["replicates"], i["seed"], len(i["tags"]) == len(e["tags"]))
for mean in "micro macro weighted samples per_article".split():
    for figure, (low, high) in i[mean].items():
        assert 0 <= low <= e[mean][figure] <= high <= 1, (mean, figure)
for tag, its in zip(e["tags"], i["tags"]):
    assert tag["tag"] == its["tag"] and its["f1"][0] <= tag["f1"] <= its["f1"][1]
'
