#!/bin/bash
# Importers against copies of the same sources that others made: the counts of every tag within 1 %,
# but for what docs/import.md explains.
. "$(dirname "$0")/common.sh"
needs_shared raw
needs_shared data
needs_programs python3
raw=$shared/raw

"$ttag" import -q kev "$raw/kev.json.gz" -o "$scratch/kev.jsonl"
"$ttag" import -q vcdb "$raw/vcdb-validated.tar.gz" -o "$scratch/vcdb.jsonl"
"$ttag" import -q eurepoc "$raw/eurepoc-1.1.csv.gz" -o "$scratch/eurepoc.jsonl"
"$ttag" import -q misp-galaxy "$raw/misp-galaxy" -o "$scratch/misp-galaxy.jsonl"

python3 - "$scratch" "$shared/data" <<'PYTHON' || fail "an importer differs"
import collections, json, pathlib, sys

ours, theirs = map(pathlib.Path, sys.argv[1:])
# records that are right to differ, or are not among the files as published
APART = {
    "kev": {"CVE-2024-39717", "CVE-2021-25296", "CVE-2021-25297", "CVE-2021-25298", "CVE-2019-15949"},
}
failed = False


def read(*files):
    return [json.loads(line) for file in files for line in file.open()]


def counts(records, apart):
    return collections.Counter(
        tag for record in records if record["id"] not in apart for tag in record["tags"])


for source in "kev", "vcdb", "eurepoc", "misp-galaxy":
    imported = read(ours / f"{source}.jsonl")
    copied = read(*sorted(theirs.glob(f"{source}.t*.jsonl")))
    if source == "misp-galaxy":  # the folder does not hold all clusters that were copied
        texts = {record["text"] for record in imported}
        titles = {record["title"] for record in imported}
        copied = [r for r in copied if r["text"] in texts or r["title"] in titles]
    apart = APART.get(source, set())
    mine, other = counts(imported, apart), counts(copied, apart)
    for tag in sorted(mine | other):
        print(f"{source}\t{tag}\t{mine[tag]}\t{other[tag]}")
        if abs(mine[tag] - other[tag]) > 0.01 * other[tag]:
            print("  too far apart")
            failed = True
sys.exit(failed)
PYTHON
