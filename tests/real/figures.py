#!/usr/bin/env python3
"""Compares the reports in a folder with scikit-learn: figures.py FEED FOLDER

FOLDER holds scores.jsonl (what `ttag classify --all` says of the feed), report.json, report.csv and
page.html. All figures are computed anew from scores and labels, and have to agree to 1e-9.
"""
import csv
import html
import json
import os
import re
import sys
import warnings

import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "golden", "metrics"))
sys.dont_write_bytecode = True
import make_expected  # noqa: E402  what scikit-learn says, for any outcomes

warnings.simplefilter("ignore")
MEANS = ["micro", "macro", "weighted", "samples", "per_article"]
SINGLES = ["subset_accuracy", "hamming_loss", "jaccard", "map", "ece"]
EACH = ["support", "tp", "fp", "fn", "precision", "recall", "f1", "average_precision"]
compared = 0


def expect(what, found, wanted):
    global compared
    compared += 1
    if not abs(float(found) - wanted) <= 1e-9:
        sys.exit(f"{what} is {found}; scikit-learn says {wanted}")


def read(feed, folder):
    """Outcomes as make_expected takes them, in the report's order of tags."""
    report = json.load(open(f"{folder}/report.json"))
    names = [t["tag"] for t in report["tags"]]
    place = {name: i for i, name in enumerate(names)}
    scored = sum(t["threshold"] is not None for t in report["tags"])
    rows = []
    with open(feed) as records, open(f"{folder}/scores.jsonl") as answers:
        for record, answer in zip(records, answers):
            record, answer = json.loads(record), json.loads(answer)
            if "tags" not in record:
                continue
            truth, given = np.zeros(len(names), bool), np.zeros(len(names), bool)
            unknown = np.zeros(len(names), bool)
            scores, probabilities = np.zeros(scored, np.float32), np.zeros(scored, np.float32)
            truth[[place[t] for t in record["tags"]]] = True
            told = record.get("unknown", [])
            unknown[:] = "*" in told
            unknown[[place[t] for t in told if t in place]] = True
            for t in answer["tags"]:
                at = place[t["tag"]]
                given[at], scores[at], probabilities[at] = t["given"], t["score"], t["probability"]
            rows.append((truth, given, unknown & ~truth, scores, probabilities))
    return report, [np.array(column) for column in zip(*rows)]


def check_json(report, wanted):
    for mean in MEANS:
        for figure, value in wanted[mean].items():
            expect(f"json {mean}.{figure}", report[mean][figure], value)
    for single in SINGLES:
        expect(f"json {single}", report[single], wanted[single])
    for tag, want in zip(report["tags"], wanted["tags"]):
        for figure in EACH:
            expect(f"json {tag['tag']}.{figure}", tag[figure], want[figure])


def check_csv(path, names, wanted):
    place = {name: i for i, name in enumerate(names)}
    for row in csv.DictReader(open(path, newline="")):
        if row["kind"] == "figure":
            expect(f"csv {row['name']}", row["value"], wanted[row["name"]])
        elif row["kind"] == "mean":
            for figure, value in wanted[row["name"]].items():
                expect(f"csv {row['name']}.{figure}", row[figure], value)
        elif row["kind"] == "tag":
            for figure in EACH:
                expect(f"csv {row['name']}.{figure}", row[figure],
                       wanted["tags"][place[row["name"]]][figure])


def cells(row):
    """Name and numbers of a table's row; a ratio of nothing to nothing is empty, and counts as 0."""
    name = html.unescape(re.sub(r"<[^>]*>", "", row.split("<td", 1)[0]))
    return name, [float(v or 0) for v in re.findall(r'data-v="([^"]*)"', row)]


def check_page(text, names, wanted):
    means = text.split("Five ways to take the mean</caption>")[1].split("</tbody>")[0]
    for row in means.split("\n<tr>")[1:]:
        name, values = cells(row)
        want = wanted[name.replace(" ", "_")]
        for value, figure in zip(values, ["precision", "recall", "f1"]):
            expect(f"page {name}.{figure}", value, want[figure])
    for label, single in [("<dt>exactly right</dt>", "subset_accuracy"),
                          ("Hamming loss ", "hamming_loss"), ("Jaccard index ", "jaccard"),
                          ("<dt>mean average precision</dt>", "map"),
                          ("<dt>calibration error</dt>", "ece")]:
        value = re.search(re.escape(label) + r'.*?<data value="([^"]*)"', text).group(1)
        expect(f"page {single}", value, wanted[single])
    place = {name: i for i, name in enumerate(names)}
    rows = text.split('<section id="tags"')[1].split("</tbody>")[0].split("\n<tr>")[1:]
    assert len(rows) == len(names), "the page lacks tags"
    for row in rows:
        name, v = cells(row)
        want = wanted["tags"][place[name]]
        for at, figure in [(0, "support"), (1, "precision"), (2, "recall"), (3, "f1"),
                           (4, "average_precision"), (6, "fp"), (7, "fn")]:
            expect(f"page {name}.{figure}", v[at], want[figure])


def main():
    feed, folder = sys.argv[1:]
    report, (truth, given, unknown, scores, probabilities) = read(feed, folder)
    names = [t["tag"] for t in report["tags"]]
    # in double precision, as all figures are computed
    wanted = make_expected.plain(make_expected.expected(
        truth, given, unknown, scores.astype(float), probabilities.astype(float)))
    check_json(report, wanted)
    check_csv(f"{folder}/report.csv", names, wanted)
    check_page(open(f"{folder}/page.html").read(), names, wanted)
    print(f"{compared} figures of {len(names)} tags on {len(truth)} articles are scikit-learn's")


main()
