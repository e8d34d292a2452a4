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
