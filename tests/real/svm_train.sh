#!/bin/bash
# Decision values of three tags (a frequent, a middling, a rare one) against svm-train -t 0 and
# svm-predict on the exported matrix. libsvm's tolerance is 1e-3 on the gradient; scores agree to
# 1e-2.
. "$(dirname "$0")/common.sh"
needs_shared data/reuters.train.jsonl data/reuters.test.jsonl peers/libsvm_peer.py
needs_programs svm-train svm-predict liblinear-train liblinear-predict
/usr/bin/python3 -c 'import sklearn' 2>/dev/null || skip "no python3-sklearn"
tags=(earn gold rand)

train reuters "$scratch/m.ttag" --preset plain --thresholds none --min-docs 1
"$ttag" export -q "$data/reuters.train.jsonl" --svmlight "$scratch/train.svm" -m "$scratch/m.ttag"
"$ttag" export -q "$data/reuters.test.jsonl" --svmlight "$scratch/test.svm" -m "$scratch/m.ttag"
"$ttag" export -q "$data/reuters.train.jsonl" --svmlight "$scratch/fitted.svm" --preset plain
for suffix in '' .terms .tags; do
    cmp "$scratch/train.svm$suffix" "$scratch/fitted.svm$suffix" ||
        fail "export fitted on the feed differs from export with the model"
done

numbers=()
for tag in "${tags[@]}"; do
    numbers+=("$(grep -nFx "$tag" "$scratch/train.svm.tags" | cut -d: -f1)")
done
"$shared/peers/libsvm_peer.py" "$scratch/train.svm" "$scratch/test.svm" --tag "${numbers[@]}" \
    --decisions "$scratch/peer.tsv" >"$scratch/peer.json" 2>/dev/null
"$ttag" classify -m "$scratch/m.ttag" "$data/reuters.test.jsonl" --all --format jsonl \
    >"$scratch/ours.jsonl"

/usr/bin/python3 - "$scratch" "${numbers[*]}" "${tags[@]}" <<'PYTHON' || fail "decision values differ"
import json, sys

scratch, numbers, tags = sys.argv[1], sys.argv[2].split(), sys.argv[3:]
with open(f"{scratch}/peer.tsv") as file:
    head = file.readline().split()
    peer = [[float(x) for x in line.split()] for line in file]
with open(f"{scratch}/ours.jsonl") as file:
    ours = [{t["tag"]: t["score"] for t in json.loads(line)["tags"]} for line in file]
with open(f"{scratch}/peer.json") as file:
    docs = {row["tag"]: row["train_docs"] for row in json.load(file)["per_tag"]}
assert len(ours) == len(peer) > 0, "not as many rows"
worst = 0
for number, tag in zip(numbers, tags):
    column = head.index(f"libsvm:{number}")
    apart = max(abs(a[tag] - b[column]) for a, b in zip(ours, peer))
    worst = max(worst, apart)
    print(f"{tag}: {docs[int(number)]} training articles, "
          f"scores at most {apart:.2g} apart in {len(peer)} test articles")
sys.exit(worst > 1e-2)
PYTHON
finish
