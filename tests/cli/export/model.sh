# the numbers of a model
. "$LIB"
train_model --preset plain
ttag export -q "$FIXTURES/train.jsonl" --svmlight 1 --preset plain
ttag export -q "$FIXTURES/train.jsonl" --svmlight 2 -m model.ttag
for end in "" .tags .terms; do same 1$end 2$end; done
code ttag export "$FIXTURES/train.jsonl" --svmlight 2 -m model.ttag --min-df 3
code ttag export "$FIXTURES/train.jsonl" --svmlight 2 --preset plain -m model.ttag
code ttag export "$FIXTURES/train.jsonl" --svmlight -
code ttag export "$FIXTURES/train.jsonl" --svmlight no/folder/out
ls
