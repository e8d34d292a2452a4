# the mean of three classifiers: either solver, the same for any number of threads, in the card
. "$LIB"
for options in '--solver libsvm' '--solver libsvm --threads 2' '--solver linear' '--solver linear --threads 2'; do
    train_model --averaging blocks $options
    ttag inspect model.ttag --card | grep -oE '"averaging":"blocks"|"all_terms_share":[0-9.]+' | sort | uniq -c
    mv model.ttag "model-$(echo $options | tr -d ' -').ttag"
done
same model-solverlibsvm.ttag model-solverlibsvmthreads2.ttag
same model-solverlinear.ttag model-solverlinearthreads2.ttag
for options in '--averaging none' '--averaging blocks --char-ngrams none' '--averaging blocks --term-scaling none' \
    '--preset plain'; do
    train_model $options
    ttag inspect model.ttag --card | grep -cE '"averaging"|"all_terms_share"'
done
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --averaging mean
