#!/usr/bin/env python3
"""Makes hinge.txt and squared_hinge.txt: decision values by LIBLINEAR (package liblinear-tools) for
the data of decisions.txt: L1-loss and L2-loss SVM, dual (-s 3, -s 1), with the bias as the weight of a
feature of value 1 (-B 1), positive articles of weight 1, and of weight 2 for the squared hinge.

One value a line, in the order of decisions.txt. Run from this folder: ./hinge.py
"""
import os
import subprocess
import tempfile

COST, TOLERANCE = 1, 1e-8
FILES = {"hinge.txt": ["-s", "3"], "squared_hinge.txt": ["-s", "1", "-w1", "2"]}


def read_rows():
    with open("decisions.txt", encoding="ascii") as lines:
        next(lines)
        for line in lines:
            label, _, _, *pairs = line.split()
            entries = (pair.split(":") for pair in pairs)
            yield int(label), {int(term): float(value) for term, value in entries}


def write(path, rows, options):
    with tempfile.TemporaryDirectory() as folder:
        data, model = (os.path.join(folder, name) for name in ("data", "model"))
        with open(data, "w", encoding="ascii") as out:
            for label, row in rows:
                entries = " ".join(f"{term + 1}:{value:.6f}" for term, value in row.items())
                out.write(f"{label} {entries}\n")
        subprocess.run(["liblinear-train", "-q", *options, "-B", "1", "-c", str(COST), "-e",
                        str(TOLERANCE), data, model], check=True)
        with open(model, encoding="ascii") as lines:
            head, body = lines.read().split("\nw\n")
    sign = 1 if head.split("label ")[1].split()[0] == "1" else -1
    *weights, bias = (sign * float(value) for value in body.split())
    with open(path, "w", encoding="ascii") as out:
        for _, row in rows:
            value = bias + sum(weights[term] * entry for term, entry in row.items()
                               if term < len(weights))
            out.write(f"{value:.9f}\n")


def main():
    rows = list(read_rows())
    for path, options in FILES.items():
        write(path, rows, options)


main()
