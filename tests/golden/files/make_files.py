"""Writes one.gz (2000 lines) and two.gz (the same lines in two members)."""
import gzip


def lines(start, end):
    return "".join(f"{n}: report on case {n * n % 9973}\n" for n in range(start, end)).encode()


def member(data):
    return gzip.compress(data, 9, mtime=0)


with open("one.gz", "wb") as out:
    out.write(member(lines(0, 2000)))
with open("two.gz", "wb") as out:
    out.write(member(lines(0, 700)) + member(lines(700, 2000)))
# one.zst: the same lines by `zstd -3`; Python has no module for it
