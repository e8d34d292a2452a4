#!/bin/bash
# The five articles in ../shared/seeds: one carries every tag, four carry none. Nothing can be
# learnt from them; all of them can be tagged; and the tag line is no part of the text.
. "$(dirname "$0")/common.sh"
needs_shared seeds
seeds=$shared/seeds
labelled=000_8925a269dd0e74a5.txt

# Nothing to learn: exit code 3, and a sentence that says why.
code=0
"$ttag" train "$seeds" -o "$scratch/none.ttag" 2>"$scratch/stderr" || code=$?
[[ $code == 3 ]] || fail "train ended with $code; expected 3"
grep -q "$labelled:.*blanket-tagged" "$scratch/stderr" ||
    fail "the blanket-tagged article is not named"
grep -q 'error: nothing to learn: 5 records read, 4 without tags, 1 blanket-tagged' \
    "$scratch/stderr" || fail "no clear sentence"
[[ ! -e $scratch/none.ttag ]] || fail "a model was written"
cat "$scratch/stderr"

# Five records, in order of name.
"$ttag" train -q "$here/../../datasets/starter/train.jsonl" -o "$scratch/starter.ttag"
"$ttag" classify -m "$scratch/starter.ttag" "$seeds" --format jsonl --all >"$scratch/tagged.jsonl"
sed -E 's/^\{"id":"([^"]*)".*/\1/' "$scratch/tagged.jsonl" >"$scratch/ids"
(cd "$seeds" && printf '%s\n' *.txt) | cmp - "$scratch/ids" || fail "expected a record for each file"
! grep '"error"' "$scratch/tagged.jsonl" || fail "a seed was refused"

# Not one name out of the tag line is a term (those that are no ordinary words).
for tokens in words security; do
    "$ttag" export -q "$seeds" --svmlight "$scratch/f" --tokens $tokens --min-df 1
    [[ $(wc -l <"$scratch/f") == 5 ]] || fail "expected 5 rows"
    for word in vulnerabilitiesvmware vulnerabilitiesall kasperskynews avgnews aptfilter certlatest \
        latestnews socialengineering threatscybercrime uncategorized; do
        ! grep -nE "$word" "$scratch/f.terms" || fail "the tag line is among the terms ($tokens)"
    done
done

# Without its tag line the article has the very same features and scores.
cp -r "$seeds" "$scratch/untagged"
sed 3d "$seeds/$labelled" >"$scratch/untagged/$labelled"
"$ttag" export -q "$seeds" --svmlight "$scratch/with" --min-df 1
"$ttag" export -q "$scratch/untagged" --svmlight "$scratch/without" --min-df 1
cmp "$scratch/with.terms" "$scratch/without.terms" || fail "the tag line adds terms"
[[ $(head -n 1 "$scratch/without") == ' '* ]] || fail "tags without a tag line"
cmp <(sed 's/^[^ ]*//' "$scratch/with") <(sed 's/^[^ ]*//' "$scratch/without") ||
    fail "the tag line changes features"
"$ttag" classify -m "$scratch/starter.ttag" "$scratch/untagged" --format jsonl --all |
    cmp - "$scratch/tagged.jsonl" || fail "the tag line changes scores"
finish
