#!/bin/bash
# --term-scaling ratio against svm-train -t 0 on a matrix that numpy has scaled, every tag, both to a
# tolerance of 1e-5: ratio_svm_train.sh TTAG SET. Decision values on the test articles, and objectives
# of the primal.
. "$(dirname "$0")/common.sh"
set=$1
needs_shared "data/$set.train.jsonl" "data/$set.test.jsonl"
needs_programs svm-train
/usr/bin/python3 -c 'import numpy, scipy, sklearn' 2>/dev/null || skip "no python3-sklearn"

train "$set" "$scratch/m.ttag" --term-scaling ratio --averaging none --thresholds none \
    --tolerance 1e-5
for part in train test; do
    "$ttag" export -q "$data/$set.$part.jsonl" --svmlight "$scratch/$part.svm" -m "$scratch/m.ttag"
done
"$ttag" classify -m "$scratch/m.ttag" "$data/$set.test.jsonl" --all --format jsonl \
    >"$scratch/ours.jsonl"
"$ttag" inspect --card "$scratch/m.ttag" >"$scratch/card.json"

/usr/bin/python3 - "$scratch" <<'PYTHON' || fail "solutions differ"
import json, subprocess, sys
import numpy as np
from sklearn.datasets import dump_svmlight_file, load_svmlight_file

scratch = sys.argv[1]
tags = open(f"{scratch}/train.svm.tags").read().splitlines()
n_terms = len(open(f"{scratch}/train.svm.terms").read().splitlines())
(x, carried), (test, _) = (load_svmlight_file(f"{scratch}/{part}.svm", n_features=n_terms,
                                              multilabel=True, zero_based=False)
                           for part in ("train", "test"))
ours = [{t["tag"]: t["score"] for t in json.loads(line)["tags"]}
        for line in open(f"{scratch}/ours.jsonl")]
objectives = {t["tag"]: t["dual_objective"] / (1 - t["relative_gap"])
              for t in json.load(open(f"{scratch}/card.json"))["tags"]}
assert len(ours) == test.shape[0] > 0, "not as many rows"


def find_factors(y):
    p, q = (1 + np.asarray((x[part] > 0).sum(axis=0)).ravel() for part in (y > 0, y < 0))
    r = np.abs(np.log((p / p.sum()) / (q / q.sum())))
    f = 0.25 + r / r.max()
    return f * np.sqrt(x.power(2).sum() / x.multiply(f).power(2).sum())


def solve(scaled, y):
    """w and b of svm-train's model"""
    dump_svmlight_file(scaled, y, f"{scratch}/one.svm", zero_based=False)
    subprocess.run(["svm-train", "-q", "-t", "0", "-e", "1e-5", f"{scratch}/one.svm",
                    f"{scratch}/one.model"], check=True)
    head, vectors = open(f"{scratch}/one.model").read().split("\nSV\n")
    head = dict(line.split(" ", 1) for line in head.splitlines())
    coefs = np.array([float(line.split(" ", 1)[0]) for line in vectors.splitlines()])
    with open(f"{scratch}/vectors", "w") as file:
        file.write(vectors)
    z, _ = load_svmlight_file(f"{scratch}/vectors", n_features=n_terms, zero_based=False)
    sign = 1 if head["label"].split()[0] == "1" else -1
    return sign * (z.T @ coefs), -sign * float(head["rho"])


worst = worst_objective = 0
for number, tag in enumerate(tags):
    y = np.array([1 if number + 1 in of else -1 for of in carried])
    f = find_factors(y)
    scaled = x.multiply(f).tocsr()
    w, b = solve(scaled, y)
    theirs = test.multiply(f).tocsr() @ w + b
    apart = max(abs(a[tag] - b) for a, b in zip(ours, theirs))
    primal = w @ w / 2 + np.maximum(0, 1 - y * (scaled @ w + b)).sum()
    objective = abs(objectives[tag] / primal - 1)
    worst, worst_objective = max(worst, apart), max(worst_objective, objective)
    print(f"{tag}: scores at most {apart:.2g} apart in {len(ours)} articles, "
          f"objectives {objective:.2g}")
sys.exit(not (worst <= 1e-3 and worst_objective <= 1e-4))
PYTHON
finish
