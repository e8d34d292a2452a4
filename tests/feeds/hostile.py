#!/usr/bin/python3
"""hostile.py BIN: feeds and pages made to explode are refused with a sentence, in little memory and
little time, be they a gigabyte."""
import pathlib
import resource
import subprocess
import sys
import tempfile
import threading

BIN = pathlib.Path(sys.argv[1])
MOST_MB, MOST_SECONDS = 300, 20  # of all of them: a sanitizer's memory aside, 64 MiB are a feed's
FILL = b"a lot of nothing " * 4096

MODEL_FEED = b'{"text":"worm trojan","tags":["Malware"]}\n{"text":"a frog sings","tags":[]}\n' * 2


def write(pipe, pieces):
    try:
        for piece in pieces:
            pipe.write(piece)
        pipe.close()
    except BrokenPipeError:
        pass


def classify(model, name, pieces, *options):
    """What is said of the pieces, read through a pipe."""
    child = subprocess.Popen([BIN / "ttag-classify", "-m", model, "--threads", "1", *options, "-"],
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    writer = threading.Thread(target=write, args=(child.stdin, pieces))
    writer.start()
    out, err = child.stdout.read(), child.stderr.read().decode()
    code = child.wait()
    writer.join()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{name}: exit {code}; {used.ru_utime:.1f} s, {used.ru_maxrss / 1024:.0f} MB so far; "
          f"{err.strip()[:160]}")
    return code, out, err


def gigabyte(head):
    yield head
    for _ in range((1 << 30) // len(FILL)):
        yield FILL


def bomb():
    yield b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "boom">'
    for i in range(40):
        yield b'<!ENTITY a%d "%s">' % (i + 1, b"&a%d;" % i * 10)
    yield b"]><rss><channel><item><title>&a40;</title></item></channel></rss>"


def nested(head, name, tail):
    return [head, b"<%s>" % name * 100000, b"worm", b"</%s>" % name * 100000, tail]


RSS = b"<rss><channel><item><title>a</title></item><item><description>"
JSON = b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"'
JSON_FEED = ("--input-format", "jsonfeed")
CASES = [
    ("1 GB of one element", gigabyte(RSS), (), (1, 3), "item"),
    ("1 GB before the first item", gigabyte(b"<rss><channel><title>"), (), (3,), "item"),
    ("1 GB of one attribute", gigabyte(b'<rss><item a="'), (), (3,), "item"),
    ("1 GB in a comment", gigabyte(b"<rss><item><!-- "), (), (3,), "item"),
    ("an entity bomb", bomb(), (), (3,), "entities"),
    ("1 GB of JSON Feed", gigabyte(JSON), JSON_FEED, (3,), "JSON Feed"),
    ("100,000 deep JSON", [JSON, b'","a":', b"[" * 100000], JSON_FEED, (3,), "nested"),
    ("1 GB of one cell", gigabyte(b'text\n"'), ("--input-format", "csv"), (3,), "row"),
    ("1 GB of one page", gigabyte(b"<html><p>"), (), (3,), "article"),
    ("1 GB of one message", gigabyte(b"Subject: "), ("--input-format", "email"), (3,), "article"),
    ("100,000 deep page", nested(b"<html>", b"div", b""), (), (3,), "deep"),
    ("100,000 deep", nested(RSS, b"a", b"</description></item></channel></rss>"), (), (1,), "deep"),
]

with tempfile.TemporaryDirectory() as folder:
    subprocess.run([BIN / "ttag", "train", "-q", "-", "-o", f"{folder}/model"], input=MODEL_FEED,
                   check=True)
    failed = 0
    for name, pieces, options, codes, word in CASES:
        code, _, err = classify(f"{folder}/model", name, pieces, *options)
        if code not in codes or word not in err or "; expected" not in err:
            print("FAILED")
            failed = 1
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    if "--sanitized" not in sys.argv and (used.ru_maxrss > MOST_MB * 1024
                                          or used.ru_utime > MOST_SECONDS):
        print("FAILED: too much memory or time")
        failed = 1
    sys.exit(failed)
