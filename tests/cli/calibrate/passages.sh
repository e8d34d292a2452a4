# a model of passages wants whole articles: the first record that is none is named
. "$LIB"
starter=$SOURCE/datasets/starter
ttag train -q "$starter/train.jsonl" -o model.ttag --unit sentence
code ttag calibrate --log-level warning -m model.ttag "$starter/train.jsonl" -o whole.ttag
sed 's/^{/{"article":"one",/' "$starter/train.jsonl" >parts.jsonl
code ttag calibrate -m model.ttag parts.jsonl -o parts.ttag
