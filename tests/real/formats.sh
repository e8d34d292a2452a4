#!/bin/bash
# The same articles as a folder of text files, each gzipped, and as JSON Lines get the same tags
# with the same scores.
. "$(dirname "$0")/common.sh"
needs_shared seeds
needs_programs gzip
seeds=$shared/seeds

"$ttag" train -q "$here/../../datasets/starter/train.jsonl" -o "$scratch/starter.ttag"

# Ids differ with the names of the files, so they are left out.
tags_of() {
    "$ttag" classify -m "$scratch/starter.ttag" --format jsonl --all "$@" |
        sed -E 's/^\{"id":[^,]*,/{/'
}

tags_of "$seeds" >"$scratch/folder"
[[ $(wc -l <"$scratch/folder") == 5 ]] || fail "expected 5 records"

tags_of "$seeds"/*.txt | cmp - "$scratch/folder" || fail "files, one by one, differ"

mkdir "$scratch/gz"
for file in "$seeds"/*.txt; do
    gzip -c "$file" >"$scratch/gz/${file##*/}.gz"
done
tags_of "$scratch/gz" | cmp - "$scratch/folder" || fail "gzipped files differ"

if ! command -v python3 >/dev/null; then
    echo "JSON Lines not compared: no python3"
else
    # The rule of docs/formats.md, told once more: title, tag line, body.
    python3 - "$seeds" >"$scratch/seeds.jsonl" <<'PYTHON'
import json, pathlib, re, sys

TAG_LINE = re.compile(r"(\S+News|Security News|(Vulnerabilities|Threats)\S+|\s)*APTFilter\s", re.A)
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.txt")):
    lines = path.read_bytes().decode(errors="replace").replace("\r\n", "\n").split("\n")
    title = ""
    if len(lines) > 2 and not lines[1].strip() and len(lines[0]) <= 200 and lines[0][-1:] != ".":
        title = lines[0]
        lines = lines[1:]
        while not lines[0].strip():
            lines = lines[1:]
        if TAG_LINE.match(lines[0] + " "):
            lines = lines[1:]
    body = "\n".join(lines).strip()
    print(json.dumps({"id": path.name, "title": title, "text": body}))
PYTHON
    tags_of "$scratch/seeds.jsonl" | cmp - "$scratch/folder" || fail "JSON Lines differ"
    gzip "$scratch/seeds.jsonl"
    tags_of "$scratch/seeds.jsonl.gz" | cmp - "$scratch/folder" || fail "gzipped JSON Lines differ"
    gzip -dc "$scratch/seeds.jsonl.gz" | tags_of | cmp - "$scratch/folder" ||
        fail "standard input differs"
fi
finish
