# the model does not fit: the old one stays, and nothing else
. "$LIB"
train_model
cp model.ttag old
ulimit -f 8
code ttag train "$FIXTURES/train.jsonl" -o model.ttag
same model.ttag old
ls
