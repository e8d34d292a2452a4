#!/usr/bin/env python3
"""Makes ratio.txt: the log-count ratios of the terms of decisions.txt (numpy), and decision
values of svm-train -t 0 (package libsvm-tools) on the rows scaled by them; of article i also those
from the rows j with j % 3 != i % 3 alone, whose factors know nothing of the others.

First the factors, one a line, then two values for each article. Run from this folder: ./ratio.py
"""
import os
import subprocess
import tempfile

import numpy

COST, TOLERANCE, FOLDS = 1, 1e-9, 3


def read_rows():
    with open("decisions.txt", encoding="ascii") as lines:
        n_rows, n_terms = map(int, next(lines).split())
        x, y = numpy.zeros((n_rows, n_terms)), numpy.zeros(n_rows)
        for i, line in enumerate(lines):
            label, _, _, *pairs = line.split()
            y[i] = int(label)
            for pair in pairs:
                term, value = pair.split(":")
                x[i, int(term)] = numpy.float32(value)
    return x, y


def find_factors(x, y, known):
    p = 1 + (x[known & (y > 0)] > 0).sum(0)
    q = 1 + (x[known & (y < 0)] > 0).sum(0)
    r = numpy.abs(numpy.log((p / p.sum()) / (q / q.sum())))
    f = 0.25 + r / r.max()
    return f * numpy.sqrt((x ** 2).sum() / ((x * f) ** 2).sum())


def solve(x, y):
    """w and b of svm-train's model."""
    with tempfile.TemporaryDirectory() as folder:
        data, model = (os.path.join(folder, name) for name in ("data", "model"))
        with open(data, "w", encoding="ascii") as out:
            for label, row in zip(y, x):
                entries = " ".join(f"{t + 1}:{v:.17g}" for t, v in enumerate(row) if v)
                out.write(f"{int(label)} {entries}\n")
        subprocess.run(["svm-train", "-q", "-t", "0", "-c", str(COST), "-e", str(TOLERANCE), data,
                        model], check=True)
        with open(model, encoding="ascii") as lines:
            head, _, body = lines.read().partition("SV\n")
    fields = dict(line.split(" ", 1) for line in head.splitlines() if " " in line)
    sign = 1 if fields["label"].split()[0] == "1" else -1
    w = numpy.zeros(x.shape[1])
    for line in body.splitlines():
        coefficient, *entries = line.split()
        for entry in entries:
            term, value = entry.split(":")
            w[int(term) - 1] += float(coefficient) * float(value)
    return sign * w, -sign * float(fields["rho"])


def decide(x, y, known):
    f = find_factors(x, y, known)
    w, b = solve((x * f)[known], y[known])
    return (x * f) @ w + b


def main():
    x, y = read_rows()
    everything = numpy.ones(len(y), bool)
    fold = numpy.arange(len(y)) % FOLDS
    whole = decide(x, y, everything)
    held_out = numpy.zeros(len(y))
    for k in range(FOLDS):
        held_out[fold == k] = decide(x, y, fold != k)[fold == k]
    with open("ratio.txt", "w", encoding="ascii") as out:
        out.writelines(f"{factor:.9f}\n" for factor in find_factors(x, y, everything))
        out.writelines(f"{a:.9f} {b:.9f}\n" for a, b in zip(whole, held_out))


if __name__ == "__main__":
    main()
