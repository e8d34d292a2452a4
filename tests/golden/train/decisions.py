#!/usr/bin/env python3
"""Makes decisions.txt: a small data set and its decision values by svm-train (package libsvm-tools).

svm-predict prints classes only, so the decision values are summed here from the model file, and
their signs are compared with svm-predict's answers. Run from this folder: ./decisions.py
"""
import os
import random
import subprocess
import tempfile

ARTICLES, TERMS, COST, TOLERANCE = 90, 40, 1, 1e-9


def make_rows():
    numbers = random.Random(7)
    rows = []
    for _ in range(ARTICLES):
        label = 1 if numbers.random() < 0.3 else -1
        row = {}
        for _ in range(numbers.randint(3, 9)):
            # the classes favour different halves of the vocabulary, but not strictly
            half = TERMS // 2 if (label > 0) == (numbers.random() < 0.75) else 0
            row[half + numbers.randrange(TERMS // 2)] = numbers.uniform(0.2, 1)
        norm = sum(v * v for v in row.values()) ** 0.5
        rows.append((label, {t: float(f"{v / norm:.6f}") for t, v in sorted(row.items())}))
    return rows


def sparse(row, first):
    return " ".join(f"{term + first}:{value:.6f}" for term, value in row.items())


def decision_values(model, rows):
    head, _, body = model.partition("SV\n")
    fields = dict(line.split(" ", 1) for line in head.splitlines())
    sign = 1 if fields["label"].split()[0] == "1" else -1
    vectors = []
    for line in body.splitlines():
        coefficient, *entries = line.split()
        pairs = (entry.split(":") for entry in entries)
        vectors.append((float(coefficient), {int(t) - 1: float(v) for t, v in pairs}))
    return [
        sign * (sum(c * sum(v * row.get(t, 0) for t, v in sv.items()) for c, sv in vectors)
                - float(fields["rho"]))
        for _, row in rows
    ]


def main():
    rows = make_rows()
    with tempfile.TemporaryDirectory() as folder:
        data, model, answers = (os.path.join(folder, name) for name in ("data", "model", "answers"))
        with open(data, "w", encoding="ascii") as out:
            out.writelines(f"{label} {sparse(row, 1)}\n" for label, row in rows)
        subprocess.run(["svm-train", "-q", "-t", "0", "-c", str(COST), "-e", str(TOLERANCE), data,
                        model], check=True)
        subprocess.run(["svm-predict", "-q", data, model, answers], check=True)
        with open(model, encoding="ascii") as lines:
            values = decision_values(lines.read(), rows)
        with open(answers, encoding="ascii") as lines:
            assert [int(line) for line in lines] == [1 if v > 0 else -1 for v in values]
    with open("decisions.txt", "w", encoding="ascii") as out:
        out.write(f"{ARTICLES} {TERMS}\n")
        for (label, row), value in zip(rows, values):
            out.write(f"{label:+d} {value:.9f} {len(row)} {sparse(row, 0)}\n")


main()
