#!/bin/sh
# The tables of a model's card: figures.sh TTAG MODEL FEED... One table for each feed, of the tags
# that its articles carry; 95 % intervals in parentheses.
set -eu
export LC_ALL=C
ttag=$1 model=$2
shift 2
for feed; do
    name=$(basename "$feed" .jsonl)
    case $feed in */starter/*) name=starter.$name ;; esac
    "$ttag" evaluate -q -m "$model" "$feed" --format csv | awk -F, -v name="$name" '
        function interval(value, low, high) {
            return sprintf("%.2f (%.2f-%.2f)", value, low, high)
        }
        $2 == "documents" {
            printf "### %s: %d articles\n\n", name, $3
            print "| tag | articles | precision | recall | F1 | average precision |"
            print "|---|--:|---|---|---|--:|"
        }
        $1 == "tag" && $6 > 0 {
            printf "| %s | %d | %s | %s | %s | %.2f |\n", $2, $6, interval($10, $11, $12),
                interval($13, $14, $15), interval($16, $17, $18), $19
            tp += $7; fp += $8; fn += $9
        }
        $1 == "tag" && $6 == 0 && $8 > 0 { others = others sprintf(", %s %d", $2, $8) }
        END {
            if (tp > 0)
                printf "| *together* | | %.2f | %.2f | %.2f | |\n", tp / (tp + fp), tp / (tp + fn),
                    2 * tp / (2 * tp + fp + fn)
            print ""
            if (others)
                printf "Given, though no article here carries it: %s.\n\n", substr(others, 3)
        }'
done
