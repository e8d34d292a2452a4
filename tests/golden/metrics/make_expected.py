#!/usr/bin/env python3
"""Writes expected.jsonl: synthetic outcomes and what scikit-learn says about them.

One case a line. `truth`, `given` and `unknown` are rows of 0 and 1, an article each, a digit a tag.
`scores` and `probabilities` are rows of numbers for the first `scored` tags; the tags behind those
are unknown to the model: never given, probability 0, average precision 0.

Pairs that are unknown count nowhere. In the set-wise figures that is the same as calling them
neither true nor given; only the Hamming loss divides by the number of known pairs, and rankings
leave unknown pairs out.

Run with: python3 make_expected.py > expected.jsonl   (numpy 1.24, scikit-learn 1.2)
"""
import json
import warnings

import numpy as np
from sklearn import metrics

warnings.simplefilter("ignore")
N_BINS, MIN_SUPPORT = 15, 20


def prf(truth, given, average):
    p, r, f, _ = metrics.precision_recall_fscore_support(
        truth, given, average=average, zero_division=0)
    return {"precision": p, "recall": r, "f1": f}


def average_precision(truth, scores):
    return metrics.average_precision_score(truth, scores) if truth.any() else 0.0


def calibration_error(truth, probabilities):
    order = np.argsort(probabilities, kind="stable")
    error = 0.0
    for part in np.array_split(order, N_BINS):
        if len(part):
            gap = abs(probabilities[part].mean() - truth[part].mean())
            error += len(part) / len(order) * gap
    return error


def expected(truth, given, unknown, scores, probabilities):
    known = ~unknown
    t, g = (truth & known).astype(int), (given & known).astype(int)
    n_tags, n_scored = truth.shape[1], scores.shape[1]
    p, r, f, support = metrics.precision_recall_fscore_support(t, g, average=None, zero_division=0)
    tags, aps, errors = [], [], []
    for k in range(n_tags):
        rows = known[:, k]
        ap = average_precision(truth[rows, k], scores[rows, k]) if k < n_scored else 0.0
        shown = probabilities[:, k] if k < n_scored else np.zeros(len(truth))
        if support[k] > 0:
            aps.append(ap)
        if support[k] >= MIN_SUPPORT:
            errors.append(calibration_error(truth[rows, k], shown[rows]))
        tags.append({
            "support": int(support[k]),
            "tp": int((t[:, k] & g[:, k]).sum()),
            "fp": int((g[:, k] & ~t[:, k] & 1).sum()),
            "fn": int((t[:, k] & ~g[:, k] & 1).sum()),
            "precision": p[k], "recall": r[k], "f1": f[k], "average_precision": ap})
    tagged = t.any(axis=1)
    nothing = {"precision": 0.0, "recall": 0.0, "f1": 0.0}
    if unknown.any():
        hamming = (t != g).sum() / known.sum()
    else:
        hamming = metrics.hamming_loss(t, g)
    return {
        "micro": prf(t, g, "micro"),
        "macro": prf(t, g, "macro"),
        "weighted": prf(t, g, "weighted"),
        "samples": prf(t, g, "samples"),
        "per_article": prf(t[tagged], g[tagged], "samples") if tagged.any() else nothing,
        "subset_accuracy": metrics.accuracy_score(t, g),
        "hamming_loss": hamming,
        "jaccard": metrics.jaccard_score(t, g, average="samples", zero_division=0),
        "map": float(np.mean(aps)) if aps else 0.0,
        "ece": float(np.mean(errors)) if errors else 0.0,
        "tags": tags}


def plain(value):
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [plain(v) for v in value]
    return value if isinstance(value, (str, int)) else float(value)


def digits(matrix):
    return ["".join("1" if x else "0" for x in row) for row in matrix]


def emit(name, truth, scores, probabilities, given, unknown=None):
    if unknown is None:
        unknown = np.zeros_like(truth)
    truth = truth & ~unknown
    case = {
        "name": name, "documents": truth.shape[0], "n_tags": truth.shape[1],
        "scored": scores.shape[1],
        "truth": digits(truth), "given": digits(given), "unknown": digits(unknown),
        "scores": scores.tolist(), "probabilities": probabilities.tolist(),
        "expected": plain(expected(truth, given, unknown, scores, probabilities))}
    print(json.dumps(case, separators=(",", ":")))


def synthetic(rng, n, m, density, noise, steps):
    """Truth, and scores that follow it with noise, on a grid of `steps` a unit (ties)."""
    truth = rng.random((n, m)) < density
    scores = np.round((truth * 2.0 - 1 + rng.normal(0, noise, (n, m))) * steps) / steps
    # exact in single precision, so that C and Python see the same numbers
    probabilities = np.round(1024 / (1 + np.exp(-1.3 * scores + 0.4))) / 1024
    return truth, scores, probabilities, probabilities >= 0.5


def main():
    rng = np.random.default_rng(20)
    emit("small", *synthetic(rng, 6, 4, 0.4, 1.0, 16))
    emit("one article", *synthetic(rng, 1, 5, 0.5, 1.0, 16))
    emit("wide", *synthetic(rng, 40, 25, 0.15, 0.9, 64))
    emit("tall", *synthetic(rng, 400, 5, 0.2, 1.2, 64))
    emit("heavy ties", *synthetic(rng, 150, 6, 0.3, 1.0, 1))
    emit("perfect", *synthetic(rng, 60, 4, 0.5, 0.0, 8))

    truth, scores, probabilities, given = synthetic(rng, 120, 8, 0.3, 1.0, 32)
    truth[:, 2] = False              # no article has it
    given[:, 3] = False              # never given
    truth[:, 4] = given[:, 4] = False
    truth[:, 5] = given[:, 5] = True
    truth[:30] = False               # articles without a tag,
    given[15:45] = False             # in part given none
    truth[:, 5] &= rng.random(120) < 0.9
    emit("gaps", truth, scores, probabilities, given)

    truth, scores, probabilities, given = synthetic(rng, 80, 4, 0.3, 1.0, 32)
    emit("nothing given", truth, scores, probabilities, np.zeros_like(given))
    emit("nothing true", np.zeros_like(truth), scores, probabilities, given)
    emit("nothing at all", np.zeros_like(truth), scores, probabilities, np.zeros_like(given))
    emit("all wrong", truth, -scores, 1 - probabilities, ~truth)

    truth, scores, probabilities, given = synthetic(rng, 90, 7, 0.3, 0.8, 32)
    given[:, 5:] = False             # the model has five of the seven tags
    emit("unseen tags", truth, scores[:, :5], probabilities[:, :5], given)

    truth, scores, probabilities, given = synthetic(rng, 160, 6, 0.3, 0.9, 32)
    emit("unknown pairs", truth, scores, probabilities, given, rng.random(truth.shape) < 0.25)
    truth, scores, probabilities, given = synthetic(rng, 100, 6, 0.4, 0.9, 4)
    unknown = rng.random(truth.shape) < 0.1
    unknown[rng.random(100) < 0.5] = True
    unknown &= ~truth                # "*": all but the tags it has
    unknown[:, 1] = True             # nobody knows
    given[:, 5] = False
    emit("unknown others, unseen", truth, scores[:, :5], probabilities[:, :5], given, unknown)


if __name__ == "__main__":
    main()
