# anywhere behind the header: classify does not crash, inspect --verify refuses what was changed
. "$LIB"
train_model --char-ngrams none
ttag inspect --verify model.ttag
size=$(stat -c %s model.ttag)
for offset in $(seq 64 397 $((size - 1))); do
    cp model.ttag bad.ttag
    flip bad.ttag $offset
    cmp -s model.ttag bad.ttag && echo "not flipped"
    timeout 20 ttag classify -m bad.ttag "$FIXTURES/test.jsonl" >out 2>err
    case $? in
    0) [ "$(wc -l <out)" = 8 ] || echo "$offset: not eight lines" ;;
    5) ;;
    *) echo "$offset: classify: exit $?" && cat err ;;
    esac
    ttag inspect --verify bad.ttag >/dev/null 2>&1
    echo "verify: exit $?"
done | sort | uniq -c | sed 's/^ *[0-9]* //'
