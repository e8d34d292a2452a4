. "$LIB"
try() { code ttag train -o model.ttag feed.jsonl "$@"; }
try --folds 1
try --folds 101
try --folds 5.0
try --folds -5
try --folds ' 5'
try --folds ''
try --folds 99999999999999999999
try --seed 1x
try --seed 18446744073709551616
try --cost 0
try --cost nan
try --cost 0x10
try --cost 1e999
try --max-df 1.5
try --memory 3X
try --memory 3GG
try --memory 99999999999T
try --memory 0
try --min-docs 0
try --threads 0
