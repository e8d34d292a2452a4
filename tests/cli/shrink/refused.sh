. "$LIB"
train_model --char-ngrams none
code ttag shrink -m model.ttag
code ttag shrink -o small.ttag
code ttag shrink -m model.ttag -o -
code ttag shrink -m model.ttag -o no/such/folder/small.ttag
code ttag shrink -m model.ttag -o small.ttag --prune 1
code ttag shrink -m model.ttag -o small.ttag --weights int4
code ttag shrink -m model.ttag -o small.ttag no.jsonl
cp "$FIXTURES/test.jsonl" feed.jsonl; code ttag shrink -m feed.jsonl -o small.ttag; rm feed.jsonl
echo '{"text": "not labelled"}' >none.jsonl
code ttag shrink -m model.ttag -o small.ttag none.jsonl
ls *.ttag*
ttag shrink -m model.ttag -o small.ttag >/dev/null
code ttag shrink -m small.ttag -o smaller.ttag
ttag train -q "$FIXTURES/train.jsonl" -o rbf.ttag --kernel rbf --gamma 1
code ttag shrink -m rbf.ttag -o smaller.ttag
echo 'an old file' >old.ttag
code ttag shrink -m model.ttag -o old.ttag "$FIXTURES/test.jsonl" --prune 0.998 --max-loss 0 >report
tail -n 1 report
cat old.ttag
flip model.ttag 10000
code ttag shrink -m model.ttag -o smaller.ttag
ls
