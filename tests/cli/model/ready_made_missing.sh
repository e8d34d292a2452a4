# Whoever has none is told where it could be.
. "$LIB"
mkdir bin && cp "$(command -v ttag)" "$(command -v ttag-classify)" bin/
code bin/ttag classify "$FIXTURES/test.jsonl"
code bin/ttag-classify "$FIXTURES/test.jsonl"
code bin/ttag evaluate "$FIXTURES/test.jsonl"
code bin/ttag inspect
code bin/ttag calibrate "$FIXTURES/test.jsonl" -o out.ttag
XDG_DATA_HOME=/nowhere code bin/ttag inspect
TTAG_MODEL=nowhere.ttag code bin/ttag inspect
TTAG_MODEL=. code bin/ttag inspect
