#!/usr/bin/python3
"""Writes articles.tsv (title, text) and expected_*.tsv (row, term, value) beside itself, with
scikit-learn 1.2.1. The sentences are our own."""
import pathlib

from sklearn.feature_extraction.text import TfidfVectorizer

ARTICLES = [
    ("Ransomware closes a harbour", "The ransomware stopped every crane, and the crane drivers went "
     "home. Ransomware is not new to the harbour."),
    ("Patch for mail server", "A patch closes three holes in the mail server; the mail server must be "
     "restarted after the patch."),
    ("", "Phishing mail asked the drivers of the harbour for their passwords, 12,500 mails in all."),
    ("Straßenbahn gestört", "Die Straßenbahn stand STILL: Erpresser hatten die Leitstelle "
     "verschlüsselt, und die Leitstelle zahlte nicht."),
    ("İzmir'de kesinti", "İZMİR ve ISPARTA ağlarında kesinti; İzmir ağı iki saat kapalı kaldı."),
    ("ΝΕΟΣ ΙΟΣ", "Ο νέος ιός κλειδώνει αρχεία. ΟΔΗΓΟΣ'Α, ο οδηγός και ΟΔΗΓΟΣ."),
    ("补丁 发布", "邮件 服务器 的 补丁 已经 发布，补丁 修复 三个 漏洞。"),
    ("", ""),
    ("a b", "x y z 1 2 3 ! ?"),
    ("CVE-2031-10001 in a mail server", "CVE-2031-10001 lets a stranger read mail. The patch is "
     "version 4.2; see https://example.com/patch_4_2."),
    ("Same again", "same again same again same again SAME"),
    ("Same again", "same again same again same again SAME"),
    ("Harbour pays nothing", "The harbour restored the crane computers from tape and paid nothing; "
     "the mail server came back last."),
    ("Patch again", "The second patch for the mail server repairs the first patch, which closed two "
     "of three holes in it."),
    ("Phishing", "Phishing mail with a false invoice; whoever opens the invoice loses the password."),
    ("Crane drivers", "In the harbour the drivers went back to the crane, which is new."),
]

BASE = dict(sublinear_tf=True, smooth_idf=True, norm="l2")
CASES = {
    "plain": {},
    "bigrams_min_df_2": dict(ngram_range=(1, 2), min_df=2),
    "max_df_quarter": dict(max_df=0.25),
    "raw_tf": dict(sublinear_tf=False),
    "no_idf": dict(use_idf=False),
    "no_norm": dict(norm=None),
    "trigrams_raw": dict(ngram_range=(1, 3), use_idf=False, norm=None, sublinear_tf=False),
}


# Character n-grams inside words: of the words as the word rule has them. Each case: lengths, options
# of both blocks.
CHARS = {
    "chars_3_5": ((3, 5), {}),
    "chars_1_2_min_df_2": ((1, 2), dict(min_df=2)),
    "chars_4_8_raw": ((4, 8), dict(use_idf=False, norm=None, sublinear_tf=False)),
    "chars_3_6_max_df_half": ((3, 6), dict(max_df=0.5)),
}


SHARE = 0.3  # of the characters in the squared norm


def cells_of(rows, terms, prefix="", length=1):
    rows = rows.tocoo()
    return [(row, prefix + terms[column], length * value)
            for row, column, value in zip(rows.row, rows.col, rows.data)]


def char_cells(joined, lengths, options):
    words = TfidfVectorizer(**{**BASE, **options})
    tokens = words.build_analyzer()
    chars = TfidfVectorizer(analyzer="char_wb", ngram_range=lengths, **{**BASE, **options})
    normed = options.get("norm", "l2") is not None
    cells = cells_of(words.fit_transform(joined), words.get_feature_names_out(),
                     length=(1 - SHARE) ** 0.5 if normed else 1)
    rows = chars.fit_transform([" ".join(tokens(text)) for text in joined])
    return cells + cells_of(rows, chars.get_feature_names_out(), "char:",
                            SHARE ** 0.5 if normed else 1)


def write(path, cells):
    cells.sort(key=lambda cell: (cell[0], cell[1].encode()))
    lines = [f"{row}\t{term}\t{value:.17g}\n" for row, term, value in cells]
    path.write_text("".join(lines), encoding="utf-8")


def main():
    here = pathlib.Path(__file__).parent
    lines = [f"{title}\t{text}\n" for title, text in ARTICLES]
    (here / "articles.tsv").write_text("".join(lines), encoding="utf-8")
    joined = [f"{title} {text}" for title, text in ARTICLES]
    for name, options in CASES.items():
        vectorizer = TfidfVectorizer(**{**BASE, **options})
        rows = vectorizer.fit_transform(joined)
        write(here / f"expected_{name}.tsv", cells_of(rows, vectorizer.get_feature_names_out()))
    for name, (lengths, options) in CHARS.items():
        write(here / f"expected_{name}.tsv", char_cells(joined, lengths, options))


main()
