# the card's numbers are shown as they stand in it: seeds of 64 bits, 1e+09
. "$LIB"
train_model --seed 18446744073709551615 --cost 1e9 --report pretty
ttag inspect model.ttag --card >card
grep -o '"cost":1e+09,"positive_weight":1,' card | head -n 1
grep -o '"seed":[0-9]*' card
grep -E '"(seed|cost)"' pretty | head -n 2
ttag inspect model.ttag | grep -E '^options\.(seed|cost) '
ttag inspect model.ttag --format json | grep -qF ",\"card\":$(cat card),\"tags\":" && echo "card within"
tr -d ' \n' <pretty >squeezed
tr -d ' \n' <card >expected
same squeezed expected
