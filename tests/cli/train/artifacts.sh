# paths, registry keys and names of files have a token of their class, in training, in classifying and in the model
. "$LIB"
cat >feed.jsonl <<'END'
{"id":"p1","text":"It writes C:\\Program Files\\Heron\\nest.dll and sleeps","tags":["Files"]}
{"id":"p2","text":"A marsh at /var/tmp/egret was read at night","tags":["Files"]}
{"id":"p3","text":"Then %AppData%\\Reed grew","tags":["Files"]}
{"id":"r1","text":"Set HKCU\\Heron\\Run to the nest","tags":["Keys"]}
{"id":"r2","text":"A value of HKLM:\\Software\\Egret changed","tags":["Keys"]}
{"id":"r3","text":"Software\\Microsoft\\Windows\\Reed has it","tags":["Keys"]}
END
ttag train -q feed.jsonl -o model.ttag --preset plain --tokens artifacts --threads 1
ttag train -q feed.jsonl -o other.ttag --preset plain --tokens artifacts --threads 3
same model.ttag other.ttag
ttag inspect --card model.ttag | grep -o '"tokens":"[a-z]*"'
ttag inspect model.ttag Keys --terms 1 | grep '#'
echo '{"id":"q","text":"from \\\\host\\share"}' >question.jsonl
ttag classify -m model.ttag --format jsonl --explain 1 question.jsonl | mask_numbers
ttag-classify -m model.ttag --format jsonl <question.jsonl >alone
ttag classify -m model.ttag --format jsonl <question.jsonl | same - alone
ttag export -q feed.jsonl --svmlight matrix --preset plain --tokens artifacts
grep -E '^#' matrix.terms
ttag export -q feed.jsonl --svmlight matrix --preset plain --tokens security
code grep -E '^#' matrix.terms
