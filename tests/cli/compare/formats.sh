# the same figures in CSV, Markdown and JSON
. "$LIB"
needs python3
train_model
mv model.ttag old.ttag
train_model --thresholds none --cost 0.1
for f in csv json markdown; do ttag compare old.ttag model.ttag "$FIXTURES/test.jsonl" --format $f --articles 1 >report.$f; done
head -n 1 report.csv
grep -c '^|' report.markdown
grep '^| e1 ' report.markdown
python3 - <<'END'
import csv, json
report = json.load(open("report.json"))
rows = list(csv.DictReader(open("report.csv")))
tags = {t["tag"]: t for t in report["tags"]}
def wanted(row):
    if row["kind"] == "mean": return report[row["name"]][row["figure"]]
    if row["kind"] == "figure": return report[row["name"]]
    return tags[row["name"]][row["figure"]]
checked = [all(float(row[k if k in "abp" or k == "change" else "change_" + k]) == float(wanted(row)[k])
               for k in ("a", "b", "change", "low", "high", "p")) for row in rows if row["kind"] != "articles"]
print(len(checked), all(checked), len(rows))
print(report["articles"]["only_a"] == int(next(r for r in rows if r["kind"] == "articles")["only_a"]))
END
