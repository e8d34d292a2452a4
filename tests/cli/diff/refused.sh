. "$LIB"
train_model --preset plain
code ttag diff model.ttag
code ttag diff model.ttag model.ttag Malwere
code ttag diff model.ttag model.ttag Malware Malware
code ttag diff model.ttag none.ttag
cp "$FIXTURES/test.jsonl" .
code ttag diff test.jsonl model.ttag
flip model.ttag 5000 >/dev/null
code ttag diff model.ttag model.ttag
