#!/usr/bin/python3
"""round_trip.py BIN TOP: feeds in the manner of publishers, tagged and written again.

Looked at by others' parsers: the same items in the same order, in each the elements, texts and
attributes that it had, and behind them the tags that `--format tsv` names. As bytes: nothing is
gone, and what was put in is categories."""
import difflib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as etree

BIN, TOP = (pathlib.Path(argument) for argument in sys.argv[1:3])
ITEMS = {"item", "entry"}
CATEGORY = re.compile(rb'\s*<(?:\w+:)?category(?: term="[^"<]*"/>|>[^<]*</(?:\w+:)?category>)')


def ttag(*arguments):
    run = subprocess.run([BIN / "ttag", *arguments], capture_output=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"{arguments}: {run.stderr.decode()}")
    return run.stdout


def demand(holds, what):
    if not holds:
        sys.exit(f"{what}: not as it should be")


def local(tag):
    return tag.rpartition("}")[2]


def tags_of(feed, model):
    """The given tags of each record, by `--format tsv`."""
    records = []
    for line in ttag("classify", "-q", "-m", model, "--format", "tsv", feed).decode().splitlines():
        name, tag = line.split("\t")[:2]
        if not records or records[-1][0] != name:
            records.append((name, []))
        records[-1][1].extend([tag] if tag else [])
    return [tags for _, tags in records]


def check_bytes(before, after, n_added):
    """Cut at markup, the longest common run: all that was there, and categories."""
    cut = [re.split(rb"(<[^>]*>)", text) for text in (before, after)]
    added = b""
    for what, a, b, c, d in difflib.SequenceMatcher(None, *cut, autojunk=False).get_opcodes():
        demand(what in ("equal", "insert"), f"bytes {cut[0][a:b]} and {cut[1][c:d]}")
        added += b"".join(cut[1][c:d]) if what == "insert" else b""
    found = CATEGORY.findall(added)
    demand(len(found) == n_added and not CATEGORY.sub(b"", added).strip(), "what was added")


def category_of(element):
    return element.get("term") or element.text


def same_element(one, other):
    return (one.tag == other.tag and one.attrib == other.attrib and one.text == other.text
            and (one.tail or "").strip() == (other.tail or "").strip()
            and len(one) == len(other) and all(map(same_element, one, other)))


def check_item(one, other, tags):
    own = [category_of(e) for e in one if local(e.tag) in ("category", "subject")]
    added = list(other)[len(one):]
    demand(all(map(same_element, one, list(other)[:len(one)])), f"elements of {one.attrib}")
    demand([category_of(e) for e in added] == [t for t in tags if t not in own], f"tags {tags}")
    demand(all(e.tag.rpartition("}")[0] == one.tag.rpartition("}")[0] for e in added), "namespace")


def check_tree(one, other, tags):
    """All of the tree but the items is the same, too."""
    demand(one.tag == other.tag and one.attrib == other.attrib and len(one) == len(other), one.tag)
    for a, b in zip(one, other):
        if local(a.tag) in ITEMS:
            check_item(a, b, next(tags))
        else:
            check_tree(a, b, tags)


def check_reader(before, after, tags):
    """A feed reader sees the items that it saw before, and the tags besides."""
    try:
        import feedparser
    except ImportError:
        print("skipped: no feedparser")
        return
    one, other = (feedparser.parse(text) for text in (before, after))
    demand(one.encoding == other.encoding and len(one.entries) == len(other.entries), "entries")
    demand(one.feed == other.feed and one.version == other.version, "feed")
    for a, b, given in zip(one.entries, other.entries, tags):
        terms = [[tag.term for tag in entry.pop("tags", [])] for entry in (a, b)]
        demand(a == b, f"entry {a.get('title')}")
        demand(set(terms[1]) == set(terms[0]) | set(given), f"tags {terms} and {given}")


def check_json(before, after, tags):
    """The same but for what is at the end of "tags"; as bytes, nothing is gone."""
    one, other = json.loads(before), json.loads(after)
    for a, b, given in zip(one["items"], other["items"], tags):
        own = a.pop("tags", [])
        demand(b.pop("tags", []) == own + [t for t in given if t not in own], f"tags {given}")
    demand(one == other, "feed")
    rest = iter(after)
    demand(all(byte in rest for byte in before), "bytes")


def check_again(path, after, model):
    again = pathlib.Path(model).parent / path.name
    again.write_bytes(after)
    demand(ttag("classify", "-q", "-m", model, "--format", "feed", again) == after, "once more")


def check(path, model):
    before, tags = path.read_bytes(), tags_of(path, model)
    after = ttag("classify", "-q", "-m", model, "--format", "rss", path)
    well_formed = path.stem != "broken"
    demand(any(tags), "tags")
    if path.suffix == ".json":
        check_json(before, after, tags)
        check_again(path, after, model)
        print(f"{path.name}: {len(tags)} items, {sum(map(len, tags))} tags")
        return
    n_added = after.count(b"category") - before.count(b"category")
    n_added //= 1 if path.suffix == ".atom" else 2
    demand(n_added >= sum(map(len, tags)) - 1, "number of tags")
    check_bytes(before, after, n_added)
    if well_formed:
        check_tree(etree.fromstring(before), etree.fromstring(after), iter(tags))
        check_reader(before, after, tags)
    check_again(path, after, model)
    print(f"{path.name}: {len(tags)} items, {sum(map(len, tags))} tags, {n_added} of them new")


with tempfile.TemporaryDirectory() as folder:
    ttag("train", "-q", TOP / "tests/cli/fixtures/train.jsonl", "-o", f"{folder}/model.ttag")
    feeds = sorted((TOP / "tests/feeds/publishers").iterdir())
    demand(len(feeds) >= 5, "feeds")
    for feed in feeds:
        check(feed, f"{folder}/model.ttag")
