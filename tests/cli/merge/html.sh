# A page of parts: what needs articles is left out.
. "$LIB"
train_model
for i in 1 2; do
    ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" --shard $i/2 --part $i.part
done
ttag merge -q [12].part --html page.html --html-data tables -o report.txt
grep -o '<h2 id="[a-z]*-title">[^<]*' page.html
ls tables
