#!/bin/bash
# An RBF model's decision values against svm-train -t 2 with the same gamma and C on the exported
# matrix, every tag, both to a tolerance of 1e-5: rbf_svm_train.sh TTAG SET GAMMA COST. What
# svm-train found is decided here, by the formula; the model of ttag by ttag classify.
. "$(dirname "$0")/common.sh"
set=$1 gamma=$2 cost=$3
needs_shared "data/$set.train.jsonl" "data/$set.test.jsonl"
needs_programs svm-train
/usr/bin/python3 -c 'import numpy, scipy, sklearn' 2>/dev/null || skip "no python3-sklearn"

train "$set" "$scratch/m.ttag" --kernel rbf --gamma "$gamma" --cost "$cost" --thresholds none \
    --tolerance 1e-5
for part in train test; do
    "$ttag" export -q "$data/$set.$part.jsonl" --svmlight "$scratch/$part.svm" -m "$scratch/m.ttag"
done
"$ttag" classify -m "$scratch/m.ttag" "$data/$set.test.jsonl" --all --format jsonl \
    >"$scratch/ours.jsonl"

/usr/bin/python3 - "$scratch" "$gamma" "$cost" <<'PYTHON' || fail "decision values differ"
import json, subprocess, sys
import numpy as np
from sklearn.datasets import load_svmlight_file

scratch, gamma, cost = sys.argv[1], float(sys.argv[2]), sys.argv[3]
tags = open(f"{scratch}/train.svm.tags").read().splitlines()
n_terms = len(open(f"{scratch}/train.svm.terms").read().splitlines())
test, _ = load_svmlight_file(f"{scratch}/test.svm", n_features=n_terms, multilabel=True,
                             zero_based=False)
rows = [line.split(" ", 1) for line in open(f"{scratch}/train.svm").read().splitlines()]
ours = [{t["tag"]: t["score"] for t in json.loads(line)["tags"]}
        for line in open(f"{scratch}/ours.jsonl")]
assert len(ours) == test.shape[0] > 0, "not as many rows"


def decisions(path):
    """What a model of svm-train says of the test articles, the formula by hand."""
    head, vectors = open(path).read().split("\nSV\n")
    head = dict(line.split(" ", 1) for line in head.splitlines())
    coefs = [float(line.split(" ", 1)[0]) for line in vectors.splitlines()]
    with open(path + ".vectors", "w") as file:
        file.write(vectors)
    z, _ = load_svmlight_file(path + ".vectors", n_features=n_terms, zero_based=False)
    distances = (test.multiply(test).sum(axis=1) + z.multiply(z).sum(axis=1).T
                 - 2 * (test @ z.T).toarray())
    f = np.exp(-gamma * np.asarray(distances)) @ coefs - float(head["rho"])
    return (f if head["label"].split()[0] == "1" else -f), len(coefs)


worst = 0
for number, tag in enumerate(tags, 1):
    with open(f"{scratch}/one.svm", "w") as file:
        for head, rest in rows:
            file.write(f"{1 if str(number) in head.split(',') else -1} {rest}\n")
    subprocess.run(["svm-train", "-q", "-t", "2", "-g", str(gamma), "-c", cost, "-e", "1e-5",
                    f"{scratch}/one.svm", f"{scratch}/one.model"], check=True)
    theirs, n = decisions(f"{scratch}/one.model")
    apart = max(abs(a[tag] - b) for a, b in zip(ours, theirs))
    worst = max(worst, apart)
    print(f"{tag}: {n} support vectors, scores at most {apart:.2g} apart in {len(ours)} articles")
sys.exit(not worst <= 1e-4)
PYTHON
finish
