# a report that cannot be made leaves the old one
. "$LIB"
train_model
echo old >report
: >empty.jsonl
code ttag evaluate -q -m model.ttag empty.jsonl -o report
code ttag evaluate -q -m model.ttag empty.jsonl -o no/folder/report
cat report
ls
