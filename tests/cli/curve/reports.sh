# A sentence, tables, JSON and a page; the last point is what 'ttag crossval' says.
. "$LIB"
needs python3
cp "$SOURCE/datasets/starter/train.jsonl" feed.jsonl
feed=feed.jsonl
fast="--preset plain --outer-folds 3 --partitions 1"
ttag curve "$feed" $fast --points 3 --replicates 50 --html page.html --format json -o curve.json
ttag crossval "$feed" -q $fast --format json -o crossval.json
python3 - <<'PYTHON'
import json
curve, crossval = json.load(open("curve.json")), json.load(open("crossval.json"))
print(curve["verdict"], [point["share"] for point in curve["points"]], curve["documents"])
last = curve["points"][-1]
print(last["micro"]["f1"] == crossval["pooled"]["micro"]["f1"], len(curve["tags"]))
gain = last["micro_gain"]
print(gain["low"] < gain["gain"] < gain["high"], curve["points"][0]["micro_gain"]["gain"])
PYTHON
ttag curve -q "$feed" $fast --points 3 --replicates 50 | head -n 8 | mask_numbers | sed 's/[█▉▊▋▌▍▎▏]//g; s/ *$//; s/[0-9][0-9]*  */n /g'
grep -o '<title>[^<]*feed[^<]*</title>' page.html
grep -c '<svg' page.html
