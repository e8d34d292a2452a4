#!/usr/bin/env python3
"""Writes small.jsonl: 1,000 random small cases with every corner, and what scikit-learn says.

One case a line: `n` articles, `tags`, of which the model knows `scored`; `truth`, `given` and
`unknown` are digits, article after article, a digit a tag; `scores` and `probabilities` (in 64ths)
are whole numbers, article after article, for the scored tags. `all` are the figures in the order of
FIGURES; `each` has for each tag support, tp, fp, fn, precision, recall, f1, average precision.

Run with: python3 make_small.py > small.jsonl   (numpy 1.24, scikit-learn 1.2)
"""
import json

import numpy as np

import make_expected as golden

MEANS = ["micro", "macro", "weighted", "samples", "per_article"]
SINGLES = ["subset_accuracy", "hamming_loss", "jaccard", "map", "ece"]
CORNERS = 12


def bend(rng, corner, truth, given, unknown, scores):
    """Makes one corner of it; the last tag is the one that suffers."""
    if corner == 1:
        truth[:, -1] = False                # no positives
    elif corner == 2:
        truth[:, -1] = True                 # all positives
    elif corner == 3:
        scores[:] = 1                       # all ties
    elif corner == 4:
        given[:] = False
    elif corner == 5:
        given[:] = True
    elif corner == 6:
        unknown[:] = rng.random(truth.shape) < 0.4
    elif corner == 7:
        unknown[:, -1] = True               # nothing is known of a tag
    elif corner == 8:
        truth[:] = False
    elif corner == 9:
        truth[:] = given[:] = True
    elif corner == 10:
        given[:] = ~truth                   # all wrong
    elif corner == 11:
        truth[:, -1] = given[:, -1] = False


def case(rng, number):
    corner = number % CORNERS
    n = 1 if rng.random() < 0.15 else int(rng.integers(2, 30 if number % 25 == 0 else 7))
    tags = int(rng.integers(2, 6))          # scikit-learn takes one column for another problem
    scored = tags - 1 if corner == 0 and number % 2 == 0 else tags
    truth = rng.random((n, tags)) < rng.choice([0.2, 0.5, 0.8])
    scores = rng.integers(-3, 4, (n, tags)) + 2 * truth
    given = rng.random((n, tags)) < 0.5
    unknown = np.zeros_like(truth)
    bend(rng, corner, truth, given, unknown, scores)
    truth &= ~unknown
    if scored < tags:
        truth[0, -1] = True                 # a tag that only labels hold is there if one is true
        given[:, -1] = False
    probabilities = rng.integers(0, 65, (n, tags))[:, :scored]
    scores = scores[:, :scored]
    found = golden.plain(golden.expected(truth, given, unknown, scores.astype(float),
                                         probabilities / 64))
    digits = lambda m: "".join("1" if x else "0" for x in m.ravel())
    return {
        "n": n, "tags": tags, "scored": scored, "truth": digits(truth), "given": digits(given),
        "unknown": digits(unknown), "scores": scores.ravel().tolist(),
        "probabilities": probabilities.ravel().tolist(),
        "all": [short(found[m][k]) for m in MEANS for k in ("precision", "recall", "f1")]
        + [short(found[s]) for s in SINGLES],
        "each": [[t["support"], t["tp"], t["fp"], t["fn"], short(t["precision"]),
                  short(t["recall"]), short(t["f1"]), short(t["average_precision"])]
                 for t in found["tags"]]}


def short(x):
    """Digits enough for 1e-9, and no more."""
    x = round(x, 12)
    return int(x) if x == int(x) else x


def main():
    rng = np.random.default_rng(7)
    for number in range(1000):
        print(json.dumps(case(rng, number), separators=(",", ":")))


if __name__ == "__main__":
    main()
