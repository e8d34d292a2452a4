# factors of terms for each tag: either solver, the same for any number of threads, in the card
. "$LIB"
for options in '--solver libsvm' '--solver libsvm --threads 2' '--solver linear' '--solver linear --threads 2'; do
    train_model --term-scaling ratio $options
    ttag inspect model.ttag --card | grep -oE '"(term_scaling|name)":"(ratio|libsvm|linear)"'
    mv model.ttag "model-$(echo $options | tr -d ' -').ttag"
done
same model-solverlibsvm.ttag model-solverlibsvmthreads2.ttag
same model-solverlinear.ttag model-solverlinearthreads2.ttag
train_model --unit sentence --term-scaling ratio
ttag inspect model.ttag --card | grep -oE '"(term_scaling|unit)":"[a-z]*"'
train_model --term-scaling none
ttag inspect model.ttag --card | grep -c term_scaling
train_model --kernel rbf
ttag inspect model.ttag --card | grep -c term_scaling
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --kernel rbf --term-scaling ratio
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --term-scaling idf
