# a page is written beside the report; without a place for it nothing is measured
. "$LIB"
train_model
cp model.ttag old.ttag
ttag compare old.ttag model.ttag "$FIXTURES/test.jsonl" --html page.html -o report
grep -o '<h1.*</h1>' page.html
grep -c '<section' page.html
code ttag compare old.ttag model.ttag "$FIXTURES/test.jsonl" --html no/such/page.html
code ttag compare old.ttag model.ttag "$FIXTURES/test.jsonl" --html -
ttag compare old.ttag model.ttag "$FIXTURES/test.jsonl" --html - -o report | cmp - page.html && echo "same"
