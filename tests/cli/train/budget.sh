# a time that is too short for more than a rough model, which is usable nevertheless
. "$LIB"
starter=$SOURCE/datasets/starter
code ttag train "$starter/train.jsonl" -o model.ttag --budget 0.001s --report card.json
grep -o '"stopped": "budget"' card.json
ttag inspect model.ttag | grep -E '^(probabilities|stopped|Malware)'
ttag inspect model.ttag Malware | grep -E '^(threshold|score at|finished)'
code ttag train -q "$starter/train.jsonl" -o linear.ttag --budget 0.001s --solver linear
for model in model linear; do
    ttag evaluate -m $model.ttag "$starter/test.jsonl" --fail-under micro.precision=0.8 \
        --fail-under micro.f1=0.25 >/dev/null
done
# and time enough changes nothing
for solver in libsvm linear; do
    ttag train -q "$FIXTURES/train.jsonl" -o ample.ttag --budget 8760h --solver $solver
    train_model --solver $solver
    same ample.ttag model.ttag
done
