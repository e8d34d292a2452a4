#!/usr/bin/env python3
"""Makes sigmoid.txt: scores, truths, and scikit-learn's sigmoid for them.

Run from this folder: ./sigmoid.py (package python3-sklearn)
"""
import random

import numpy
from sklearn.calibration import _sigmoid_calibration


def main():
    numbers = random.Random(3)
    rows = []
    for _ in range(60):
        truth = numbers.random() < 0.25
        rows.append((round(numbers.gauss(0.4 if truth else -0.9, 0.7), 4), truth))
    scores = numpy.array([score for score, _ in rows])
    truths = numpy.array([truth for _, truth in rows], dtype=float)
    slope, offset = _sigmoid_calibration(scores, truths)
    with open("sigmoid.txt", "w", encoding="ascii") as out:
        out.write(f"{len(rows)} {slope:.9f} {offset:.9f}\n")
        out.writelines(f"{score:.4f} {1 if truth else -1}\n" for score, truth in rows)


main()
