# names from elsewhere do nothing to the terminal
. "$LIB"
train_model
code ttag inspect model.ttag $'Mal\e[31mware\x7f\xff'
code ttag inspect $'bad\e[2J.ttag'
code ttag train $'bad\xc2\x9b2J.jsonl' -o model.ttag
