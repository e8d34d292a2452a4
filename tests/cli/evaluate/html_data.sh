# Tables of everything, in a folder that is made; their sums agree with the report.
. "$LIB"
train_model
ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" --html-data tables -o report.csv --format csv
ls tables
same report.csv tables/tags.csv
head -1 -q tables/*
echo "right $(awk -F, 'NR > 1 { n += $(NF - 2) } END { print n }' tables/articles.csv)" \
    "of $(awk -F, '$1 == "tag" { n += $6 } END { print n }' report.csv)"
ttag evaluate -q -m model.ttag "$FIXTURES/test.jsonl" --html-data report.csv
echo "exit $?"
