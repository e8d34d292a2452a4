. "$LIB"
[ "$(id -u)" != 0 ] || skip "root may write everywhere"
mkdir folder
chmod 555 folder
ttag train "$FIXTURES/train.jsonl" -o folder/model.ttag
