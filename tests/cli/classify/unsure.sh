# tags near their threshold are marked, and shown even if they are not given
. "$LIB"
train_model --char-ngrams none
cat >in.jsonl <<'IN'
{"id":1,"text":"Ransomware locked the servers and the gang wants a ransom."}
{"id":2,"text":"A quiet day."}
{"id":3,"text":"The gang of kitchen gnomes wants a patch for the worm."}
IN
for format in text jsonl tsv; do
    ttag classify -m model.ttag --unsure 0.15 --format $format in.jsonl | mask_numbers
done
# a band that holds nothing changes no tag; without the option nothing is changed at all
ttag classify -m model.ttag --unsure 1e-9 in.jsonl >narrow
ttag classify -m model.ttag in.jsonl >plain
same narrow plain
# what is shown does not depend on how it is found
ttag classify -m model.ttag --unsure 0.15 --all --format jsonl in.jsonl |
    grep -o '"tag":"[^"]*","probability":[^,]*,"score":[^,]*,"given":[a-z]*,"review":true' >all
ttag classify -m model.ttag --unsure 0.15 --format jsonl in.jsonl |
    grep -o '"tag":"[^"]*","probability":[^,]*,"score":[^,]*,"given":[a-z]*,"review":true' >listed
same all listed
code ttag classify -m model.ttag --unsure 1.5 in.jsonl
