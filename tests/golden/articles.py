#!/usr/bin/env python3
"""Writes articles/: the same articles plain and gzipped."""
import gzip
import json
import os

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "articles")

RECORDS = [
    {"id": "one", "title": "A worm in the post", "text": "The mail server sent itself a letter.",
     "tags": ["Malware", "SocialEngineering"]},
    {"id": 2, "text": "Nothing happened on Tuesday, für niemanden.", "tags": []},
    {"text": "A reader asks whether routers dream."},
]
ARTICLE = """Patch day for the coffee machine

Malware Security News VulnerabilitiesFirmware

The vendor has mended three faults in the boiler's firmware.

Owners should unplug the machine first.
"""


def put(name, data):
    with open(os.path.join(FOLDER, name), "wb") as out:
        out.write(data)
    with open(os.path.join(FOLDER, name + ".gz"), "wb") as out:
        out.write(gzip.compress(data, mtime=0))


os.makedirs(FOLDER, exist_ok=True)
lines = [json.dumps(record, ensure_ascii=False) for record in RECORDS]
put("feed.jsonl", ("\n".join(lines) + "\n").encode("utf-8"))
put("coffee.txt", ARTICLE.encode("utf-8"))
