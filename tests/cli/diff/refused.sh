. "$LIB"
train_model --preset plain
code ttag diff model.ttag
code ttag diff model.ttag model.ttag Malwere
code ttag diff model.ttag model.ttag Malware Malware
code ttag diff model.ttag none.ttag
code ttag diff "$FIXTURES/test.jsonl" model.ttag
flip model.ttag 5000 >/dev/null
code ttag diff model.ttag model.ttag
