# weights, likeness and thresholds are those that inspect tells of each model
. "$LIB"
needs python3
train_model --preset plain
mv model.ttag old.ttag
train_model --preset plain --cost 0.5 --min-df 3
ttag diff old.ttag model.ttag --terms 9 --format json >diff.json
for m in old model; do
    for t in Malware "Security News"; do ttag inspect $m.ttag "$t" --terms 100000 --format json; done >$m.json
done
python3 - <<'END'
import json, math
diff = json.load(open("diff.json"))
old, new = ([json.loads(line) for line in open(name)] for name in ("old.json", "model.json"))
print(sorted(diff), [c["name"] for c in diff["card"] if c["name"].startswith("options.")])
for a, b in zip(old, new):
    tag = next(t for t in diff["tags"] if t["tag"] == a["tag"])
    w, v = ({t["term"]: t["weight"] for t in m["for"] + m["against"]} for m in (a, b))
    terms = w.keys() | v.keys()
    moved = sorted((abs(w.get(t, 0) - v.get(t, 0)) for t in terms), reverse=True)
    shown = [abs((t["a"] or 0) - (t["b"] or 0)) for t in tag["moved"]]
    dot = sum(w.get(t, 0) * v.get(t, 0) for t in terms)
    cosine = dot / math.hypot(*w.values()) / math.hypot(*v.values())
    print(tag["tag"], tag["threshold"] == [a["threshold"], b["threshold"]], tag["bias"] == [a["bias"], b["bias"]],
          tag["f1"] == [a["f1"], b["f1"]], tag["support"] == [a["support"], b["support"]],
          tag["terms_moved"] == sum(x > 0 for x in moved), abs(tag["likeness"] - cosine) < 1e-6,
          len(shown), max(abs(x - y) for x, y in zip(shown, moved)) < 1e-6,
          all(w.get(t["term"], 0) == (t["a"] or 0) and v.get(t["term"], 0) == (t["b"] or 0) for t in tag["moved"]))
END
