# the mean of three classifiers: either solver, the same for any number of threads, in the card
. "$LIB"
for options in '--solver libsvm' '--solver libsvm --threads 2' '--solver linear' '--solver linear --threads 2'; do
    train_model --averaging blocks $options
    ttag inspect model.ttag --card | grep -oE '"averaging":"blocks"|"all_terms_share":[0-9.]+' | sort | uniq -c
    mv model.ttag "model-$(echo $options | tr -d ' -').ttag"
done
same model-solverlibsvm.ttag model-solverlibsvmthreads2.ttag
same model-solverlinear.ttag model-solverlinearthreads2.ttag
for options in '--averaging none' '--char-ngrams none' '--term-scaling none' '--kernel rbf --gamma 1' '--preset plain'; do
    train_model $options
    ttag inspect model.ttag --card | grep -cE '"averaging"|"all_terms_share"'
done
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --averaging mean

# where there is nothing to average, that is said, if blocks were asked for
for options in '--kernel rbf' '--unit sentence' '--term-scaling none' '--char-ngrams none' '--preset plain' \
    '--preset plain --term-scaling ratio' '--tune quick --kernel rbf'; do
    code ttag train -q "$FIXTURES/train.jsonl" -o none.ttag --averaging blocks $options
done
code ttag crossval -q "$FIXTURES/train.jsonl" --averaging blocks --kernel rbf
ls none.ttag 2>/dev/null
train_model --preset plain --averaging blocks --term-scaling ratio --char-ngrams 3-4
ttag inspect model.ttag --card | grep -c '"averaging":"blocks"'
