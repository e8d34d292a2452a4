"""Reads classified records as CSV from standard input; checks them by RFC 4180 and docs/formats.md."""
import csv
import io
import re
import sys

from rules import Rules

r = Rules()
text = sys.stdin.buffer.read().decode("utf-8")
unquoted = re.sub(r'"(?:[^"]|"")*"', "", text)
r.want('"' not in unquoted, "file", "a quote is not closed, or stands within a field")
r.want(unquoted.count("\r\n") == unquoted.count("\n") == unquoted.count("\r"), "file",
       "lines do not end with CRLF")
rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
header = rows[0]
r.want(header[:8] == "id title url date source tags probabilities scores".split(), "header", header)
r.want(header[-1] == "error", "header", header)
for number, row in enumerate(rows[1:]):
    where = f"row {number}"
    if not r.want(len(row) == len(header), where, f"has {len(row)} fields"):
        continue
    fields = dict(zip(header, row))
    tags = re.findall(r"(?:[^;\\]|\\.)+", fields["tags"])
    for name in ("probabilities", "scores", "given", "review"):
        values = fields[name].split(";") if fields.get(name) else []
        r.want(name not in fields or len(values) == len(tags), where, f"{name}: {values} of {tags}")
        for value in values:
            float(value)
    r.want(not (fields["error"] and tags), where, "is refused and has tags")
    for name in ("id", "title", "url", "date", "source", "error"):
        formula = fields[name][:1] in ("=", "+", "@", "-", "\t", "\r")
        r.want(not formula or re.fullmatch(r"-?[0-9.eE+-]+", fields[name]), where,
               f"{name} would be run by a spreadsheet")
r.end(f"{len(rows) - 1} rows")
