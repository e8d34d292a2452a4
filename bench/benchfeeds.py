"""Feeds that the benchmarks make from labelled sets: thinned, with fewer tags, longer, cut anew."""
import gzip
import json
from collections import Counter


def records(path):
    with (gzip.open if path.suffix == ".gz" else open)(path, "rb") as lines:
        yield from (line for line in lines if line.strip())


def thin(source, target, wanted):
    """Writes `wanted` records, evenly spread over the source, so that all sizes are alike."""
    total = sum(1 for _ in records(source))
    with open(target, "wb") as out:
        for i, line in enumerate(records(source)):
            if (i + 1) * wanted // total > i * wanted // total:
                out.write(line)
    return target


def tags_of(line):
    return set(json.loads(line).get("tags") or ())


def thin_all_tags(sources, target, wanted):
    """As thin, from several files, and besides the first two records of each tag: none is lost."""
    total, seen, i = sum(1 for path in sources for _ in records(path)), Counter(), 0
    with open(target, "wb") as out:
        for line in (line for path in sources for line in records(path)):
            tags, i = tags_of(line), i + 1
            if i * wanted // total > (i - 1) * wanted // total or any(seen[t] < 2 for t in tags):
                out.write(line)
            seen.update(tags)
    return target


def most_frequent(path, top):
    count = Counter(t for line in records(path) for t in tags_of(line))
    return sorted(count, key=lambda t: (-count[t], t))[:top]


def keep_tags(source, target, tags):
    """Writes the records with those of their tags that are in `tags`."""
    with open(target, "w", encoding="utf-8") as out:
        for line in records(source):
            record = json.loads(line)
            record["tags"] = [t for t in record.get("tags") or () if t in tags]
            out.write(json.dumps(record) + "\n")
    return target


def text_of(line):
    """What the peers count as the text of a record: title, blank, text."""
    record = json.loads(line)
    return (record.get("title") or "") + " " + (record.get("text") or "")


def text_mb(path):
    """(articles, MB of text as UTF-8) of a feed."""
    sizes = [len(text_of(line).encode("utf-8", "surrogatepass")) for line in records(path)]
    return len(sizes), sum(sizes) / 1e6


def repeat(source, target, times):
    """Writes the feed that many times over."""
    with open(target, "wb") as out:
        for _ in range(times):
            out.writelines(records(source))
    return target


def cut_anew(source, target, size, mb):
    """Writes articles of about `size` bytes: the texts of the source joined, over and over, and cut
    at blanks; as many as make `mb` MB."""
    words = " ".join(text_of(line) for line in records(source)).split(" ")
    sizes = [len(word.encode("utf-8", "surrogatepass")) + 1 for word in words]
    written, i, number = 0, 0, 0
    with open(target, "w", encoding="utf-8") as out:
        while written < mb * 1e6:
            n, piece = 0, []
            while n < size:
                piece.append(words[i])
                n += sizes[i]
                i = (i + 1) % len(words)
            number, written = number + 1, written + n
            out.write(json.dumps({"id": number, "text": " ".join(piece)}) + "\n")
    return target
