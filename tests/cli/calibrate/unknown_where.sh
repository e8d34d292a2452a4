# what a source does not say takes no part in its thresholds
. "$LIB"
train_model
sed 's/^{/{"source":"quiet",/' "$SOURCE/datasets/starter/train.jsonl" >quiet.jsonl
card() {
    ttag inspect --card "$1" | grep -o '"recalibration":{"digest":"[0-9a-f]*","articles":[0-9]*'
    ttag inspect "$1" | grep -c '^recalibration'
}
ttag calibrate -q -m model.ttag quiet.jsonl -o all.ttag
code ttag calibrate -m model.ttag quiet.jsonl -o some.ttag --log-level warning \
    --unknown-where 'source=quiet:Malware' --unknown-where 'source=other:*'
for m in model all some; do
    ttag inspect -m $m.ttag Malware | grep -E '^threshold' >$m.cut
done
cmp -s model.cut all.cut || echo "all of them: a new threshold"
cmp -s model.cut some.cut && echo "silence: the old threshold"
code ttag calibrate -m model.ttag quiet.jsonl -o none.ttag --unknown-where 'colour=red:*'
