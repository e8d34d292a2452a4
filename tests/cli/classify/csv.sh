# accepted by the rules of those who read it, the same bytes in any number of threads
. "$LIB"
needs /usr/bin/python3
train_model
cp "$FIXTURES/exchange.jsonl" feed.jsonl
check() { PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 "$SOURCE/tests/exchange/check_csv.py"; }
write() { ttag classify -q -m model.ttag feed.jsonl --format csv "$@"; }
code ttag classify -m model.ttag feed.jsonl --format csv >whole
mask_numbers <whole
grep -v '^exit' whole | check
for threads in 1 2 5; do write --threads $threads 2>/dev/null; echo "exit $?"; done | cmp - <(cat whole whole whole) && echo same
ttag-classify -q -m model.ttag feed.jsonl --format csv 2>/dev/null | cmp - <(grep -v '^exit' whole) && echo same
echo "only, drop, top, unsure, all, none"
write --only 'Mal*' 2>/dev/null | check
write --drop 'Mal*' 2>/dev/null | check
write --only 'Nothing*' 2>/dev/null | check
write --top 1 --explain 2 2>/dev/null | check
write --all --unsure 0.3 2>/dev/null | check
: >feed.jsonl
write | check
