# before anything is read: the FEED does not even exist
. "$LIB"
mkdir folder
code ttag train nowhere.jsonl -o no/such/folder/model.ttag
code ttag train nowhere.jsonl -o folder
code ttag train nowhere.jsonl -o /dev/null
code ttag train nowhere.jsonl -o -
code ttag train nowhere.jsonl -o model.ttag --report no/such/folder/card.json
[ -c /dev/null ] && ls
