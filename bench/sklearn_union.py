#!/usr/bin/python3
"""Peer: scikit-learn with the features of --preset best, for the speed of tagging.

    bench/sklearn_union.py TRAIN TEST [--tags-top N] [--predict-repeat N]

Words up to 2 and char_wb 3-5, each a sublinear TF-IDF vector of its own beside the other (min_df 2),
one LinearSVC per tag, all weights stacked into one product. Prints one JSON object: articles, MB of
text, features, seconds of transform and decision on the test file, one process.
"""
import sys
sys.dont_write_bytecode = True

import argparse
import json
import resource
import time

import numpy as np
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

SHARE = 0.3  # of the characters, in the square of a vector's norm


def load(path):
    with open(path, encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines if line.strip()]
    return ([(r.get("title") or "") + " " + (r.get("text") or "") for r in found],
            [set(r.get("tags") or ()) for r in found])


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("train")
    p.add_argument("test")
    p.add_argument("--tags-top", type=int, default=0)
    p.add_argument("--predict-repeat", type=int, default=1)
    a = p.parse_args()
    texts, tags = load(a.train)
    count = {}
    for tag in (t for some in tags for t in some):
        count[tag] = count.get(tag, 0) + 1
    names = sorted((t for t in count if count[t] > 1), key=lambda t: (-count[t], t))
    names = names[:a.tags_top or None]
    words = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
    chars = TfidfVectorizer(sublinear_tf=True, analyzer="char_wb", ngram_range=(3, 5), min_df=2)

    def vectors(texts, transform):
        return scipy.sparse.hstack([np.sqrt(1 - SHARE) * getattr(words, transform)(texts),
                                    np.sqrt(SHARE) * getattr(chars, transform)(texts)]).tocsr()
    x = vectors(texts, "fit_transform")
    fits = [LinearSVC(max_iter=50, tol=0.1).fit(x, [tag in some for some in tags])
            for tag in names]
    weights = np.ascontiguousarray(np.vstack([f.coef_ for f in fits]).T)
    bias = np.concatenate([f.intercept_ for f in fits])
    texts, _ = load(a.test)
    seconds = []
    for _ in range(a.predict_repeat):
        start = time.monotonic()
        scores = vectors(texts, "transform") @ weights + bias
        seconds.append(time.monotonic() - start)
    assert scores.shape == (len(texts), len(names))
    mb = sum(len(t.encode("utf-8", "surrogatepass")) for t in texts) / 1e6
    print(json.dumps({"test_docs": len(texts), "test_mb": mb, "features": x.shape[1],
                      "tags": len(names), "seconds": seconds, "predict_mb_per_s": mb / min(seconds),
                      "peak_rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


main()
