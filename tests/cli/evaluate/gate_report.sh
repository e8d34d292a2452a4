# the report is written although the gate is missed
. "$LIB"
train_model
ttag evaluate -m model.ttag "$FIXTURES/test.jsonl" --fail-under micro.f1=2 --format json | head -c 12
echo " exit ${PIPESTATUS[0]}"
