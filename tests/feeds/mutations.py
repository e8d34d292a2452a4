#!/usr/bin/python3
"""mutations.py BIN TOP N [--sanitized]: N feeds and pages, each a mutation of one in publishers/ or pages/,
the same ones always. Each is classified as what it was, several hundred by one process: none crashes it,
and the time is that of their bytes."""
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

BIN, TOP = (pathlib.Path(argument) for argument in sys.argv[1:3])
N = int(sys.argv[3])
AT_ONCE = 500
SECONDS_A_MB = 2.0  # far more than it takes; what is not linear takes more yet
WORDS = [b"<item>", b"</item>", b"<entry>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"<title>", b"</p>",
         b"<a href=x>", b"&amp;", b"&#x110000;", b"&", b"<", b">", b'"', b"'", b"\0", b"\xff\xfe",
         b"<article>", b"<nav>", b"<script>", b"<!ENTITY a '&b;'>", b"--inner", b"=?utf-8?q?=", b"=\n",
         b'{"', b"[[", b"]", b"}", b"\\u0000", b",", b"\t", b"\r\n\r\n", b"\xc3", b"a" * 3000, b"<b>" * 500]


def mutate(draw, text):
    for _ in range(draw.choice((1, 1, 2, 4, 16))):
        at, size = draw.randrange(len(text) + 1), draw.choice((1, 1, 3, 20, 300))
        kind = draw.randrange(6)
        if kind == 0:
            text = text[:at] + draw.choice(WORDS) + text[at:]
        elif kind == 1:
            text = text[:at] + text[at + size:]
        elif kind == 2:
            text = text[:at] + bytes(draw.randrange(256) for _ in range(size % 25)) + text[at + size:]
        elif kind == 3:
            text = text[:at] + text[max(0, at - size):]
        elif kind == 4:
            other = draw.randrange(len(text) + 1)
            text = text[:at] + text[other:other + size] + text[at:]
        else:
            text = text[:max(at, 1)]
    return text


def classify(options, files):
    run = subprocess.run([BIN / "ttag-classify", "-q", "--threads", "1", *options, *files],
                         capture_output=True, check=False)
    if run.returncode not in (0, 1, 3) or b"Sanitizer" in run.stderr:
        sys.exit(f"FAILED: exit {run.returncode} with {options} and one of {files[0]}…: "
                 f"{run.stderr.decode(errors='replace')[-2000:]}")
    return run


def main():
    seeds = sorted(path for kind in ("publishers", "pages")
                   for path in (TOP / "tests/feeds" / kind).iterdir())
    draw, size = random.Random(7), 0
    with tempfile.TemporaryDirectory() as folder:
        model = f"{folder}/model"
        subprocess.run([BIN / "ttag", "train", "-q", TOP / "tests/cli/fixtures/train.jsonl", "-o",
                        model], check=True)
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        for begin in range(0, N, AT_ONCE):
            files = []
            for i in range(begin, min(N, begin + AT_ONCE)):
                seed = seeds[i % len(seeds)]
                files.append(pathlib.Path(folder) / f"{i}.{seed.name}")
                files[-1].write_bytes(mutate(draw, seed.read_bytes()))
                size += files[-1].stat().st_size
            classify(["-m", model, "--format", "tsv"], files)
            feeds = [path for path in files if path.suffix not in (".html", ".eml", ".csv")]
            classify(["-m", model, "--format", "feed"], feeds)
            for path in files:
                path.unlink()
        took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    print(f"{N} mutations of {len(seeds)} files, {size / 1e6:.1f} MB: {took:.1f} s")
    if "--sanitized" not in sys.argv and took > SECONDS_A_MB * size / 1e6:
        sys.exit("FAILED: too slow")


main()
