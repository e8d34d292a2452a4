#!/usr/bin/env python3
"""Writes utf8_replace.txt: what Python makes of ill-formed UTF-8.

A line: the bytes, what errors="replace" decodes them to (both as hex), how many bytes were bad.
"""
import codecs
import os

CASES = [
    "c080", "c1bf", "e08080", "e09fbf", "e0a080", "f0808080", "f08fbfbf", "f0908080",  # overlong
    "eda080", "edbfbf", "ed9fbf", "eda080edb080", "ee8080",  # surrogates
    "f48fbfbf", "f4908080", "f5808080", "f6", "f888808080", "fc8480808080", "fe", "ff", "feff",
    "c3", "c341", "e2", "e282", "e28241", "e28228", "f0", "f09f", "f09f98", "f09f9841",  # cut short
    "80", "bf", "8080", "41804180", "61f1808061", "61f180806261", "c2c2a9", "e2e282ac",
    "f09f98f09f9880", "f4", "f48f", "f48fbf", "e180e2f09192f1bf41",  # Unicode's table 3-8 …
    "c0afe080bff0818241", "eda080edbfbfedaf41", "f4919293ff4180bf42",  # … and 3-11 to 3-9
    "e0", "e0a0", "ed", "ed9f", "eda0", "efbfbd", "efbbbf41", "c2a0", "7f", "c280",
    "4142434445464748494a4b4c4d4e4f50" * 4 + "ff" + "41" * 70 + "e282",
]


def main():
    bad = [0]

    def count(error):
        bad[0] += error.end - error.start
        return "\ufffd", error.end

    codecs.register_error("count", count)
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "utf8_replace.txt"), "w", encoding="ascii") as out:
        for case in CASES:
            raw = bytes.fromhex(case)
            bad[0] = 0
            text = raw.decode("utf-8", "count")
            assert text == raw.decode("utf-8", "replace")
            out.write(f"{case} {text.encode('utf-8').hex()} {bad[0]}\n")


main()
