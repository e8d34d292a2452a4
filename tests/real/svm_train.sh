#!/bin/bash
# Ten tags over the range of frequencies against svm-train -t 0 on the exported matrix: decision
# values at libsvm's usual tolerance of 1e-3 on the gradient agree to 1e-2; objectives of the primal,
# both at a tolerance of 1e-5, to 1e-4 of their value.
. "$(dirname "$0")/common.sh"
needs_shared data/reuters.train.jsonl data/reuters.test.jsonl peers/libsvm_peer.py
needs_programs svm-train svm-predict liblinear-train liblinear-predict
/usr/bin/python3 -c 'import sklearn' 2>/dev/null || skip "no python3-sklearn"
tags=(earn acq crude gold oilseed gnp cocoa barley platinum rand)

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

train reuters "$scratch/exact.ttag" --preset plain --thresholds none --min-docs 1 --tolerance 1e-5
"$ttag" inspect --card "$scratch/exact.ttag" >"$scratch/card.json"
/usr/bin/python3 - "$scratch" "${numbers[*]}" "${tags[@]}" <<'PYTHON' || fail "objectives differ"
import json, subprocess, sys
import numpy
from sklearn.datasets import load_svmlight_file

scratch, numbers, tags = sys.argv[1], sys.argv[2].split(), sys.argv[3:]
with open(f"{scratch}/card.json") as file:
    ours = {t["tag"]: t["dual_objective"] / (1 - t["relative_gap"]) for t in json.load(file)["tags"]}
with open(f"{scratch}/train.svm") as file:
    rows = [line.rstrip("\n").partition(" ") for line in file]


def primal(number):
    """1/2 |w|² + C Σ max(0, 1 - y (w·x - rho)) of svm-train's model, C = 1"""
    with open(f"{scratch}/one.svm", "w") as file:
        for head, _, values in rows:
            file.write(f"{1 if number in head.split(',') else -1} {values}\n")
    subprocess.run(["svm-train", "-q", "-t", "0", "-e", "1e-5", "-m", "1000", f"{scratch}/one.svm",
                    f"{scratch}/one.model"], check=True)
    x, y = load_svmlight_file(f"{scratch}/one.svm", zero_based=False)
    with open(f"{scratch}/one.model") as file:
        text = file.read()
    head, _, support = text.partition("SV\n")
    facts = dict(line.split(" ", 1) for line in head.splitlines() if " " in line)
    w = numpy.zeros(x.shape[1])
    for line in support.splitlines():
        coef, *entries = line.split()
        for entry in entries:
            term, value = entry.split(":")
            w[int(term) - 1] += float(coef) * float(value)
    sign = 1 if facts["label"].split()[0] == "1" else -1
    f = sign * (x @ w - float(facts["rho"].split()[0]))
    return w @ w / 2 + numpy.maximum(0, 1 - y * f).sum()


worst = 0
for number, tag in zip(numbers, tags):
    theirs = primal(number)
    apart = abs(ours[tag] / theirs - 1)
    worst = max(worst, apart)
    print(f"{tag}: primal objectives {ours[tag]:.8g} and {theirs:.8g}, {apart:.2g} apart")
sys.exit(bool(worst > 1e-4))
PYTHON
finish
