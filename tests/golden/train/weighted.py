#!/usr/bin/env python3
"""Makes weighted.txt: decision values by scikit-learn (package python3-sklearn) for the data of
decisions.txt, where articles have weights of their own and positive ones cost twice as much.

A line for each article: weight; SVC, linear; the same from the articles outside its fold (number
modulo 3); the same where articles from 60 on are extra, the odd ones of them in every training part
(0 for extra ones); SVC, RBF with gamma 0.5; LinearSVC, hinge loss; the same, squared hinge
loss. Run from this folder: ./weighted.py
"""
import numpy
from sklearn.svm import SVC, LinearSVC

WEIGHTS, FOLDS, SCORED, GAMMA = [1, 0.2, 2.5, 0.7], 3, 60, 0.5
SHARED = {"C": 1, "class_weight": {-1: 1, 1: 2}}


def read_data():
    with open("decisions.txt", encoding="ascii") as lines:
        n_rows, n_columns = map(int, next(lines).split())
        x, y = numpy.zeros((n_rows, n_columns)), numpy.zeros(n_rows)
        for i, line in enumerate(lines):
            label, _, _, *pairs = line.split()
            y[i] = int(label)
            for pair in pairs:
                term, value = pair.split(":")
                x[i, int(term)] = float(value)
    return x, y


def main():
    x, y = read_data()
    n_rows = len(y)
    weights = numpy.array([WEIGHTS[i % len(WEIGHTS)] for i in range(n_rows)])
    linear = SVC(kernel="linear", tol=1e-9, **SHARED)
    rbf = SVC(kernel="rbf", gamma=GAMMA, tol=1e-9, **SHARED)
    hinge = LinearSVC(loss="hinge", tol=1e-9, max_iter=10**7, **SHARED)
    squared = LinearSVC(loss="squared_hinge", tol=1e-9, max_iter=10**7, **SHARED)
    held_out, beside_extra = numpy.zeros(n_rows), numpy.zeros(n_rows)
    number = numpy.arange(n_rows)
    for fold in range(FOLDS):
        out = number % FOLDS == fold
        linear.fit(x[~out], y[~out], weights[~out])
        held_out[out] = linear.decision_function(x[out])
        scored = out & (number < SCORED)
        out &= (number < SCORED) | (number % 2 == 0)
        linear.fit(x[~out], y[~out], weights[~out])
        beside_extra[scored] = linear.decision_function(x[scored])
    values = [m.fit(x, y, weights).decision_function(x) 
              for m in (linear, rbf, hinge, squared)]
    with open("weighted.txt", "w", encoding="ascii") as out:
        for row in zip(weights, values[0], held_out, beside_extra, *values[1:]):
            out.write(f"{row[0]:.1f} " + " ".join(f"{v:.9f}" for v in row[1:]) + "\n")


main()
