# STIX and MISP in, by what the file begins with; what was tagged is learnt from
. "$LIB"
train_model
cp "$FIXTURES/test.jsonl" feed.jsonl
for format in stix misp; do
    ttag classify -q -m model.ttag --format $format -o out.json feed.jsonl
    ttag classify -q -m model.ttag --format tsv out.json | cut -f 2 >again
    ttag classify -q -m model.ttag --format tsv feed.jsonl | cut -f 2 | cmp - again && echo "$format: the same tags"
    ttag classify -q -m model.ttag --format tsv <out.json | cut -f 2 | cmp - again && echo "$format: from a pipe"
    ttag classify -q -m model.ttag --format tsv --input-format $format --threads 3 - <out.json | cut -f 2 | cmp - again && echo "$format: as told"
    gzip -c out.json >out.gz
    ttag classify -q -m model.ttag --format tsv out.gz | cut -f 2 | cmp - again && echo "$format: packed"
    ttag evaluate -q -m model.ttag out.json --format json | grep -o '"documents": *[0-9]*'
done
ttag classify -q -m model.ttag --format misp out.json | cmp - out.json && echo "events stay what they are"
printf '{"type":"bundle","id":"bundle--1"}' >empty.json
code ttag classify -m model.ttag empty.json
printf '{"type":"bundle","objects":[{"type":"report","name":"a worm"}' >cut.json
code ttag classify -m model.ttag cut.json
printf '{"response":[{"Event":{"info":7}},{"Event":{"info":"a worm","Tag":{}}},{"Event":{"info":"malware"}}]}' >odd.json
code ttag classify -m model.ttag odd.json | mask_numbers
code ttag classify -m model.ttag --input-format misp feed.jsonl
code ttag classify -m model.ttag --max-record 100 out.json
