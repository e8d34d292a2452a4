# --fail-if-worse: exit 6 if it is surely worse, by more than is allowed
. "$LIB"
train_model
mv model.ttag old.ttag
train_model --averaging none --thresholds none --cost 0.1
compare() { code ttag compare -q "$@" "$FIXTURES/test.jsonl" -o report 2>&1 | mask_numbers; }
compare old.ttag model.ttag --fail-if-worse micro.f1
compare old.ttag model.ttag --fail-if-worse f1:0.99
compare model.ttag old.ttag --fail-if-worse micro.f1 --fail-if-worse Malware.recall:0
compare old.ttag old.ttag --fail-if-worse macro
compare old.ttag model.ttag --fail-if-worse mikro
compare old.ttag model.ttag --fail-if-worse micro.f1:-1
head -1 report

# a figure that there is not is told before the feed is read; one that no model has, before the models
early() { code ttag compare "$@" nowhere.jsonl -o report2 2>&1; }
for gate in micro.f2 mapp ece; do early nowhere.ttag model.ttag --fail-if-worse $gate; done
for gate in mirco.f1 malware.f1:0.1 Rare.recall; do early old.ttag model.ttag --fail-if-worse $gate; done
for model in old model; do ttag evaluate -q -m $model.ttag "$FIXTURES/test.jsonl" --part $model.part; done
for gate in micro.f2 Malwear.f1 Malware.f1:1; do code ttag compare -q old.part model.part -o report2 --fail-if-worse $gate 2>&1; done
head -1 report2
