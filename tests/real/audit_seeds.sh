#!/bin/bash
# The five articles in ../shared/seeds: one is blanket-tagged, and three share a passage of the
# communique, each in its own words around it.
. "$(dirname "$0")/common.sh"
needs_shared seeds
"$ttag" audit -q "$shared/seeds" --format json -o "$scratch/audit.json"
sed -n '/"blanket_tagged"/,/\]/p' "$scratch/audit.json" | grep -q '"id": "000_' ||
    fail "the blanket-tagged article is not named"
sed -n '/"passages"/,/^  \]/p' "$scratch/audit.json" |
    grep '"id": "000_.*"id": "001_.*"id": "003_' | grep -q 'knowingly support' ||
    fail "the passage that three articles share is not named"
finish
