# by date: what training on the past and evaluating on the future gives, done by hand
. "$LIB"
needs python3

tac "$FIXTURES/train.jsonl" | head -36 |
    awk '{ sub(/^{/, sprintf("{\"date\":\"2024-%02d-%02d\",", 1 + NR % 12, 1 + NR % 28)); print }' >feed.jsonl
sort -s -t'"' -k4,4 feed.jsonl >dated.jsonl # a sort by date, "date" being the first member

ttag crossval -q feed.jsonl --by date --outer-folds 2 --format json >crossval.json
for fold in 1 2; do
    head -$((12 * fold)) dated.jsonl | grep -xFf - feed.jsonl >past.jsonl # in the order of the feed
    head -$((12 * fold + 12)) dated.jsonl | tail -12 | grep -xFf - feed.jsonl >future.jsonl
    ttag train -q past.jsonl -o model.ttag
    ttag evaluate -q -m model.ttag future.jsonl --format json >$fold.json
done
python3 - <<'PYTHON'
import json, statistics
found = json.load(open("crossval.json"))
folds = [json.load(open(f"{k}.json")) for k in (1, 2)]
for mean in ("micro", "macro", "samples"):
    for part in ("precision", "recall", "f1"):
        values = [fold[mean][part] for fold in folds]
        assert abs(found["mean"][mean][part] - statistics.mean(values)) < 1e-12, (mean, part)
        assert abs(found["spread"][mean][part] - statistics.stdev(values)) < 1e-12, (mean, part)
counts = {}
for fold in folds:
    for tag in fold["tags"]:
        for key in ("support", "tp", "fp", "fn"):
            counts[tag["tag"], key] = counts.get((tag["tag"], key), 0) + tag[key]
for tag in found["pooled"]["tags"]:
    for key in ("support", "tp", "fp", "fn"):
        assert tag[key] == counts[tag["tag"], key], tag
assert found["documents"] == 24 and found["undated"] == 0
PYTHON
echo $?

# what has no date is never withheld
sed -i '1s/"date":"[^"]*"/"date":"soon"/' feed.jsonl
ttag crossval feed.jsonl --by date --outer-folds 2 --format json >undated.json
grep undated undated.json
