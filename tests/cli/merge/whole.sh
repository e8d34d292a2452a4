# the parts of an evaluation, merged, are the evaluation: reports, gates, exit codes, notes
. "$LIB"
train_model
for i in $(seq 20); do
    cat "$FIXTURES/test.jsonl"
    echo '{"text": "gulls", "tags": ["Unseen"], "unknown": ["Malware"]}'
    echo '{"text": "not labelled"}'
    [ $i != 7 ] || echo '{"text": 1}'
done >feed.jsonl
for i in 1 2 3; do code ttag evaluate -m model.ttag --shard $i/3 feed.jsonl --part $i.part; done
for format in text json; do
    code ttag evaluate -q -m model.ttag feed.jsonl --format $format >whole 2>/dev/null
    code ttag merge 3.part 1.part 2.part --format $format >merged
    same whole merged
done
code ttag merge [123].part -q --fail-under micro.f1=1.5 -o report
code ttag merge [123].part -q --fail-under micro.f1=0.01 -o report.json --format json
ttag evaluate -q -m model.ttag feed.jsonl --format json 2>/dev/null | cmp - report.json && echo "same"
# a part of the whole feed is a part as well
ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" --part - >one.part
ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" >whole
ttag merge one.part | cmp - whole && echo "same"
