# a model of the RBF kernel: the same bytes one by one, together, among refused records, and from
# the classifier alone
. "$LIB"
train_model --kernel rbf --gamma 0.5
run() { ttag classify -m model.ttag --format jsonl --all --explain 3 "$@"; }
run "$FIXTURES/train.jsonl" >together
while IFS= read -r record; do
    printf '%s\n' "$record" | run
done <"$FIXTURES/train.jsonl" >apart
same together apart
run "$FIXTURES/train.jsonl" --threads 1 | same together -
ttag-classify -m model.ttag --format jsonl --all --explain 3 "$FIXTURES/train.jsonl" |
    same together -
wc -l <together
grep -c '"because":\[{"term"' together
awk 'NR % 5 == 0 { print "nonsense" } { print }' "$FIXTURES/train.jsonl" >feed.jsonl
run -q feed.jsonl >among 2>errors
grep -n '"error"' among | cut -d: -f1 | tr '\n' ' '
grep -v '"error"' among | same together -
for threads in 1 2; do
    ttag evaluate -m model.ttag "$FIXTURES/train.jsonl" --threads $threads --format json >$threads
done
same 1 2
