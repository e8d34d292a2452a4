# settings chosen by folds: what was compared, on stderr, in the card, and shown by inspect
. "$LIB"
starter=$SOURCE/datasets/starter/train.jsonl
ttag train "$starter" -o tuned.ttag --tune quick --threads 1 2>log
grep -c 'settings compared on [0-9]* articles, 5 folds' log
grep -c '^ttag: note: \* [0-9]*\. words 2, .*micro-F1 0\.' log
ttag train -q "$starter" -o other.ttag --tune quick --threads 2
same tuned.ttag other.ttag
ttag inspect tuned.ttag | grep -E '^(options.tune|compared|tune_cut_short)'
ttag inspect tuned.ttag | grep -cE '^\* '
ttag inspect tuned.ttag --format json | grep -o '"tune":\[{"word_ngrams":2,"char_ngrams":"3-5","term_scaling":"ratio","cost":1,"thresholds":"f1"'

# what is given is not varied
ttag train "$starter" -o given.ttag --tune full --char-ngrams none --term-scaling none -c 2 \
    --thresholds f1-count 2>&1 | sed -nE 's/^ttag: note: [* ]+[0-9]+\. (.*): micro.*/\1/p'
code ttag train -q "$starter" -o rbf.ttag --tune quick --kernel rbf
code ttag train -q "$starter" -o rbf.ttag --tune fast

# too little time for that: trained all the same
ttag train "$FIXTURES/train.jsonl" -o model.ttag --tune full --budget 0.001s 2>&1 | grep -o 'no settings were compared.*'
ttag inspect model.ttag | grep -E '^(stopped|tune_cut_short)'
