#!/bin/bash
# The five seeds have comment forms, shortcodes and links of their pages around them: with VCDB
# beside them, none of that becomes a term, and without it they have the very same vectors.
. "$(dirname "$0")/common.sh"
needs_shared seeds data/vcdb.train.jsonl
needs_programs python3

# The seeds as records, each with a tag that VCDB has; and without the lines in question.
python3 - "$shared/seeds" "$scratch" <<'P'
import glob, json, os, re, sys
form = re.compile(r"^\s*(Leave a Reply|Fill in your details below.*|You are commenting using.*|"
                  r"(Google|Twitter|Facebook) (photo|picture)|Connecting to %s|"
                  r"To participate in the discussion|log in or register)\s*$")
with open(sys.argv[2] + "/seeds.jsonl", "w") as all, open(sys.argv[2] + "/bare.jsonl", "w") as bare:
    for path in sorted(glob.glob(sys.argv[1] + "/*.txt")):
        text = open(path).read()
        record = {"id": os.path.basename(path), "text": text, "tags": ["Malware"]}
        all.write(json.dumps(record) + "\n")
        lines = [l for l in text.split("\n") if not form.match(l)]
        record["text"] = re.sub(r"\[graphiq[^]]*\]", " ", "\n".join(lines))
        bare.write(json.dumps(record) + "\n")
P
train vcdb "$scratch/model.ttag" --min-df 1 "$scratch/seeds.jsonl"
"$ttag" export -q "$scratch/seeds.jsonl" --svmlight "$scratch/seeds" -m "$scratch/model.ttag"
for term in graphiq 'leave reply' 'fill in your' 'your details' 'details below' 'below or' \
    'to participate' 'the discussion' 'commenting using' 'connecting to'; do
    if grep -nFx "$term" "$scratch/seeds.terms"; then
        # VCDB may say it as well; the seeds do not
        number=$(grep -nFx "$term" "$scratch/seeds.terms" | cut -d: -f1)
        ! grep -E " $number:" "$scratch/seeds" || fail "\"$term\" is a term of a seed"
    fi
done
grep -qF graphiq "$scratch/seeds.terms" && fail "graphiq is a term"

"$ttag" export -q "$scratch/bare.jsonl" --svmlight "$scratch/bare" -m "$scratch/model.ttag"
cmp "$scratch/seeds" "$scratch/bare" || fail "the lines change vectors"

# With them kept there are such terms: the test tests something.
train vcdb "$scratch/kept.ttag" --min-df 1 --keep-boilerplate "$scratch/seeds.jsonl"
"$ttag" export -q "$scratch/seeds.jsonl" --svmlight "$scratch/kept" -m "$scratch/kept.ttag"
for term in graphiq 'leave reply' 'your details' 'details below'; do
    grep -qFx "$term" "$scratch/kept.terms" || fail "\"$term\" should be a term where all is kept"
done
finish
