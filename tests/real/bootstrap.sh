#!/bin/bash
# The built-in rules beside labels that people made: precision where it can be measured, and that what
# they deny is mostly denied rightly. And no phrase of three words or more stands in the seed articles.
# bootstrap.sh TTAG
. "$(dirname "$0")/common.sh"
needs_shared raw
needs_shared data
needs_shared seeds
needs_programs python3
raw=$shared/raw

"$ttag" import -q kev "$raw/kev.json.gz" -o "$scratch/kev.jsonl"
"$ttag" import -q nvd "$raw/nvdcve-1.1-2021.json.gz" -o "$scratch/nvd.jsonl"
"$ttag" import -q misp-galaxy "$raw/misp-galaxy" -o "$scratch/misp-galaxy.jsonl"
"$ttag" bootstrap -q --measure --format tsv --unknown-where 'source=casie:Threats*' \
    --unknown-where 'source=casie:APTFilter' --unknown-where 'source=eurepoc:Vulnerab*' \
    --unknown-where 'source=eurepoc:Malware' --unknown-where 'source=eurepoc:SocialEngineering' \
    --unknown-where 'source=*:Uncategorized' --unknown-where 'source=*:*News' \
    "$scratch"/{kev,nvd,misp-galaxy}.jsonl "$data"/{vcdb,eurepoc,casie}.test.jsonl >"$scratch/figures"
cat "$scratch/figures"

# least SOURCE TAG PRECISION RECALL
least() {
    local row
    row=$(awk -F '\t' -v s="$1" -v t="$2" '$1 == s && $2 == t' "$scratch/figures")
    expect "$1 $2, precision" "$(cut -f 6 <<<"$row")" "$3"
    expect "$1 $2, recall" "$(cut -f 7 <<<"$row")" "$4"
}

for vendor in Adobe Apple Cisco Google Linux Microsoft Mozilla Network VMWare Firmware Hardware; do
    least kev "Vulnerabilities$vendor" 0.9 0.7
done
for vendor in Adobe Cisco Mozilla Google; do
    least nvd "Vulnerabilities$vendor" 0.85 0.5
done
for vendor in Applications Firmware Hardware Linux Microsoft Network OS VMWare; do
    least nvd "Vulnerabilities$vendor" 0.8 0.05
done
least nvd VulnerabilitiesAll 1 0.7
least casie VulnerabilitiesAll 0.9 0.7
least casie SocialEngineering 0.9 0.35
least vcdb Malware 0.85 0.45
least vcdb SocialEngineering 0.8 0.3
least vcdb ThreatsActivists 0.8 0.3
least vcdb ThreatsCybercrime 0.65 0.25
least eurepoc ThreatsActivists 0.85 0.5
least eurepoc ThreatsStrategic 0.8 0.6
least eurepoc APTFilter 0.8 0.35
least misp-galaxy Malware 0.99 0.6

# what is denied of at least a hundred articles
worst=$(awk -F '\t' 'NR > 1 && $8 >= 100 && $9 != "-" && $2 != "VulnerabilitiesAll" &&
    !($1 == "misp-galaxy" && $2 == "Malware") { print $9 }' "$scratch/figures" | sort -g | head -n 1)
expect "the least share of what is rightly denied" "$worst" 0.85

# no phrase of three words or more is one of the seeds'
python3 - "$here/../../datasets/rules.json" "$shared/seeds" <<'PYTHON' || fail "a phrase of the seeds"
import json, pathlib, re, sys


def words(text):
    return " " + " ".join(re.findall(r"[a-z0-9]+", text.lower())) + " "


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, member in value.items():
            if name not in ("about", "rule", "tag", "tagged", "untagged"):
                yield from strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from strings(member)


seeds = [words(path.read_text(errors="replace")) for path in pathlib.Path(sys.argv[2]).glob("*.txt")]
quoted = {p for p in strings(json.load(open(sys.argv[1]))) if words(p).count(" ") > 3
          and any(words(p) in seed for seed in seeds)}
print(f"{len(seeds)} seeds, quoted: {sorted(quoted)}")
sys.exit(bool(quoted))
PYTHON

finish
