# every article is withheld once; the same for any number of threads; extra feeds, options, errors
. "$LIB"

ttag crossval -q "$FIXTURES/train.jsonl" --outer-folds 3 --format json --threads 1 >one.json
ttag crossval -q "$FIXTURES/train.jsonl" --outer-folds 3 --format json --threads 3 -o three.json
same one.json three.json
grep -c '"tag"' one.json
head -3 one.json
ttag crossval -q "$FIXTURES/train.jsonl" --outer-folds 3 | sed -E "s/ *[0-9]\.[0-9]{3}/ N/g; s/ +- / N /g; s/ +-$/ N/"
ttag crossval -q "$FIXTURES/train.jsonl" --outer-folds 3 --seed 2 --format json >other.json
cmp -s one.json other.json || echo "another seed"
ttag crossval -q "$FIXTURES/train.jsonl" --outer-folds 3 --extra "$FIXTURES/test.jsonl:0.5" --format json >extra.json
cmp -s one.json extra.json || echo "with extra"
grep '"documents"' extra.json | head -1

code ttag crossval
code ttag crossval -q "$FIXTURES/train.jsonl" --outer-folds 1
code ttag crossval -q "$FIXTURES/train.jsonl" --outer-folds 50
code ttag crossval -q nowhere.jsonl
