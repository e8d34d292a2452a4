# for any number of threads and any name, place or time
. "$LIB"
train_model --threads 1
mkdir elsewhere
ttag train -q "$FIXTURES/train.jsonl" -o elsewhere/other --threads 2
same model.ttag elsewhere/other
ttag train -q "$FIXTURES/train.jsonl" -o other --threads 7
same model.ttag other
gzip -c "$FIXTURES/train.jsonl" >train.jsonl.gz
ttag train -q train.jsonl.gz -o other
same model.ttag other
ttag train -q - -o other <"$FIXTURES/train.jsonl"
same model.ttag other
