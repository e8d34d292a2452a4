# an article with more than half of at least 20 tags is kept out and named
. "$LIB"
needs python3
python3 - <<'PYTHON'
import json
tags = [f"Tag{i:02}" for i in range(20)]
with open("feed.jsonl", "w") as feed:
    for n in range(3):
        for tag in tags:
            print(json.dumps({"text": f"an article {n} about {tag} things", "tags": [tag]}), file=feed)
    print(json.dumps({"text": "an article about everything", "tags": tags}), file=feed)
PYTHON
ttag train --log-level warning feed.jsonl -o model.ttag
