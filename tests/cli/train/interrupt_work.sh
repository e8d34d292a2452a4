# in the middle of the calculation
. "$LIB"
needs python3
python3 - <<'PYTHON'
import json, random
random.seed(1)
words = [f"word{i}" for i in range(3000)]
with open("feed.jsonl", "w") as feed:
    for n in range(6000):
        print(json.dumps({"text": " ".join(random.choices(words, k=60)),
                          "tags": random.sample([f"T{i}" for i in range(40)], 3)}), file=feed)
PYTHON
echo old >model.ttag
ttag train -q feed.jsonl -o model.ttag --partitions 50 &
sleep 1.5
kill -INT $!
wait $!
echo "exit $?"
cat model.ttag
ls
