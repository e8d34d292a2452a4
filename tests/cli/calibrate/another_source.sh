# new thresholds from another feed; the weights stay
. "$LIB"
starter=$SOURCE/datasets/starter
train_model
code ttag calibrate -m model.ttag "$starter/train.jsonl" -o here.ttag --log-level warning
ttag inspect --card here.ttag | grep -o '"recalibration":{"digest":"[0-9a-f]*","articles":[0-9]*'
ttag inspect here.ttag | grep -E '^recalibration' | mask_numbers
ttag calibrate -q -m model.ttag "$starter/train.jsonl" -o again.ttag
same here.ttag again.ttag
# the same scores
score() {
    ttag classify -m "$1" --all --no-implies --format jsonl "$starter/test.jsonl" |
        grep -o '"tag":"Malware","probability":[^,]*,"score":[^,]*' | cut -d, -f3
}
score model.ttag >old
score here.ttag >new
same old new
# what is refused
echo '{"text":"one","tags":["Malware"]}' >few.jsonl
echo '{"text":"two"}' >unlabelled.jsonl
code ttag calibrate -m model.ttag few.jsonl -o none.ttag
code ttag calibrate -m model.ttag unlabelled.jsonl -o none.ttag
code ttag calibrate -m model.ttag -o none.ttag
code ttag calibrate -m model.ttag few.jsonl
code ttag calibrate -m model.ttag few.jsonl -o none.ttag --thresholds none
code ttag calibrate -m few.jsonl few.jsonl -o none.ttag
test -e none.ttag || echo "no model"
