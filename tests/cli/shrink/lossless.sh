# Without a feed only zeros go; as float32 the output stays the same to the last byte.
. "$LIB"
train_model
ttag shrink -m model.ttag -o small.ttag --weights float32 >report
grep -c F1 report
ttag classify -m model.ttag "$FIXTURES/test.jsonl" --format jsonl --all >before
ttag classify -m small.ttag "$FIXTURES/test.jsonl" --format jsonl --all | same - before
ttag shrink -m model.ttag -o again.ttag --weights float32 --threads 1 >/dev/null
same small.ttag again.ttag
ttag shrink -m model.ttag -o small.ttag --format json "$FIXTURES/test.jsonl" --weights float16 --prune 0 |
    mask_numbers | grep -oE '^\{"saved":true,"prune":0,"scale":1,"loss_error":0,"documents":[0-9]+,"before":\{"model":"model.ttag"'
