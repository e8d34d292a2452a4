. "$LIB"
needs python3
train_model
ttag evaluate -m model.ttag "$FIXTURES/test.jsonl" --format json -o report.json
ttag evaluate -m model.ttag "$FIXTURES/test.jsonl" --format json --threads 1 >1
same report.json 1
python3 - <<'PYTHON'
import json
report = json.load(open("report.json"))
print(report["documents"], report["micro"], sorted(report), len(report["tags"]))
PYTHON
