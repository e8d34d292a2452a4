# items of JSON Feeds that are left out, over batches: valid, and the same for any number of threads
. "$LIB"
needs /usr/bin/python3
train_model
cat >make.py <<'END'
import json, random, sys
random.seed(int(sys.argv[1]))
words = ["A worm encrypts files.", "A trojan infected a till.", "Frogs sing in the pond.", "The rain has begun."]
items = [{"id": i, "content_text": random.choice(words) * random.randrange(1, 40)} for i in range(int(sys.argv[2]))]
if len(sys.argv) > 3: items[1]["tags"] = 7
print(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}, indent=random.choice([None, 1])))
END
cat >check.py <<'END'
# the documents on stdin hold those items of the feeds, as tagged, whose tags fit, and all else
import json, sys
tagged, kept = json.load(open("tagged")), sys.stdin.read()
wanted = {"all": lambda t: True, "with": lambda t: t, "without": lambda t: not t, "none": lambda t: False}[sys.argv[1]]
decoder, at = json.JSONDecoder(), 0
for feed in tagged:
    found, at = decoder.raw_decode(kept, at)
    at = len(kept) - len(kept[at:].lstrip())
    feed["items"] = [i for i in feed["items"] if i.get("tags") == 7 or wanted(i.get("tags"))]
    if found != feed: print("not the same items")
    print(len(found["items"]), end=" ")
print("" if at == len(kept) else "more")
END
for n in 700 1 300; do /usr/bin/python3 make.py $n $n >$n.jsonfeed; done
/usr/bin/python3 make.py 2 90 refused >90.jsonfeed
feeds="700.jsonfeed 1.jsonfeed 300.jsonfeed 90.jsonfeed"
for feed in $feeds; do ttag classify -q -m model.ttag --format jsonfeed $feed 2>/dev/null; done |
    /usr/bin/python3 -c 'import json, sys; d, t, a, l = json.JSONDecoder(), sys.stdin.read().strip(), 0, []
while a < len(t):
    f, a = d.raw_decode(t, a); l.append(f); a += len(t[a:]) - len(t[a:].lstrip())
json.dump(l, open("tagged", "w"))'
try() {
    local wanted=$1 threads
    shift
    for threads in 1 2 4; do
        ttag classify -q -m model.ttag --format jsonfeed --threads $threads $feeds "$@" >kept.$threads 2>/dev/null
    done
    cmp kept.1 kept.2 && cmp kept.1 kept.4
    /usr/bin/python3 check.py "$wanted" <kept.1
}
try all
try with --only 'Mal*'
try without --drop 'Mal*'
try none --only 'Vuln*Cisco'
try none --only 'Mal*' --drop 'Mal*'
