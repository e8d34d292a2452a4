#!/bin/sh
# Makes models/attack-techniques.ttag: attack-techniques.sh SENTENCES SPANS PROCEDURES OUT
#
# SENTENCES are threat reports, a record a sentence with its techniques (tags) and its report (article);
# SPANS short labelled spans of the same reports; PROCEDURES what `ttag import attack` makes of ATT&CK.
# attack-techniques.md says where the three are from. OUT gets the model and its card. TTAG names the
# program, if it is not that of the release build. The same files give the same bytes.
set -eu
export LC_ALL=C
unset SOURCE_DATE_EPOCH

[ $# = 4 ] || { sed -n '2,7s/^# //p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
ttag=${TTAG:-$here/../build/release/bin/ttag}
sentences=$1 spans=$2 procedures=$3 out=$4
work=$out/work
mkdir -p "$work"

# The techniques that the reports have; of others there are no sentences to find a threshold on.
grep -o '"tags": *\[[^]]*\]' "$sentences" | grep -o '"T[0-9.]*"' | tr -d '"' | sort -u >"$work/tags.txt"

# by_report FEED FROM TO: records of the reports FROM to TO of each hundred
by_report() {
    awk -v field=article -v from="$2" -v to="$3" -f "$here/part.awk" "$1"
}

# learn SENTENCES SPANS MODEL: trained, then shrunk. The scores of the shrunk model are fitted on what
# was learnt from: they are compared with those before, not with labels.
learn() {
    "$ttag" train -q --seed 1 --unit sentence --tags "$work/tags.txt" --min-df 3 "$1" --extra "$2" \
        --extra "$procedures:0.2" -o "$work/whole.ttag"
    "$ttag" shrink -q --prune 0.76 --max-loss 1 --max-macro-loss 1 -m "$work/whole.ttag" "$1" \
        -o "$3" >"$work/shrink.txt"
}

by_report "$sentences" 0 25 >"$work/held-out.jsonl"
by_report "$sentences" 25 100 >"$work/sentences.jsonl"
by_report "$spans" 25 100 >"$work/spans.jsonl"
learn "$work/sentences.jsonl" "$work/spans.jsonl" "$work/held-out.ttag"
learn "$sentences" "$spans" "$out/attack-techniques.ttag"

# The card: its words, then what was measured.
{
    sed '/^## Figures$/q' "$here/attack-techniques.md"
    printf '\n`attack-techniques.ttag`: %d bytes, SHA-256 `%s`.\n\n' \
        "$(wc -c <"$out/attack-techniques.ttag")" \
        "$(sha256sum "$out/attack-techniques.ttag" | cut -d ' ' -f 1)"
    printf 'Measured on a model that was made in the same way without the held-out reports; the one here\n'
    printf 'has seen all. F1 for each report, averaged over %d held-out reports: %s.\n\n' \
        "$(grep -o '"article": *"[^"]*"' "$work/held-out.jsonl" | sort -u | wc -l)" \
        "$("$ttag" evaluate -q -m "$work/held-out.ttag" "$work/held-out.jsonl" --format csv |
            awk -F, '$2 == "per_article" { printf "%.3f (%.3f-%.3f)", $16, $17, $18 }')"
    sh "$here/figures.sh" "$ttag" "$work/held-out.ttag" "$work/held-out.jsonl"
} >"$out/attack-techniques.md"
