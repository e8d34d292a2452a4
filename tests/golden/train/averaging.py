#!/usr/bin/python3
"""Makes averaging.txt: of decisions.txt's rows three classifiers of svm-train, one of terms 0 to 19
and one of terms 20 to 39, their values divided by sqrt(.7) and sqrt(.3) and scaled by log-count
ratios, and one of all terms as they are; then (1 - s) times the mean of the first two plus s times
the third, with the s of 1/3, 0 and 3/5 whose held-out values have the least log loss under Platt's
sigmoid (scipy).

First the three log losses, then two values for each article, as in ratio.txt. Run from this folder.
"""
import numpy
from scipy.optimize import minimize

from ratio import FOLDS, decide, read_rows, solve

WORDS, SHARES = 20, (1 / 3, 0, 3 / 5)


def decide_plain(x, y, known):
    w, b = solve(x[known], y[known])
    return x @ w + b


def both_ways(decide_by, x, y):
    fold = numpy.arange(len(y)) % FOLDS
    held_out = numpy.zeros(len(y))
    for k in range(FOLDS):
        held_out[fold == k] = decide_by(x, y, fold != k)[fold == k]
    return numpy.array([decide_by(x, y, numpy.ones(len(y), bool)), held_out])


def log_loss(scores, y):
    positive, negative = (y > 0).sum(), (y < 0).sum()
    target = numpy.where(y > 0, (positive + 1) / (positive + 2), 1 / (negative + 2))

    def entropy(at, t):
        z = at[0] * scores + at[1]
        return (t * numpy.logaddexp(0, z) + (1 - t) * numpy.logaddexp(0, -z)).sum()
    at = minimize(entropy, [-1, 0], args=(target,), method="BFGS", options={"gtol": 1e-9}).x
    return entropy(at, y > 0)


def main():
    x, y = read_rows()
    words = both_ways(decide, x[:, :WORDS] / numpy.sqrt(.7), y)
    chars = both_ways(decide, x[:, WORDS:] / numpy.sqrt(.3), y)
    plain = both_ways(decide_plain, x, y)
    mixed = [(1 - s) * (words + chars) / 2 + s * plain for s in SHARES]
    losses = [log_loss(m[1], y) for m in mixed]
    with open("averaging.txt", "w", encoding="ascii") as out:
        out.writelines(f"{loss:.6f}\n" for loss in losses)
        out.writelines(f"{a:.9f} {b:.9f}\n" for a, b in mixed[int(numpy.argmin(losses))].T)


main()
