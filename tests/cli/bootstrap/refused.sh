. "$LIB"
echo '{"text": "a worm"}' >good.jsonl
code ttag bootstrap
code ttag bootstrap --rules nowhere.json good.jsonl
printf '{"rules": [\n  {"rule": "r", "tag": "Malwares"}]}' >bad.json
code ttag bootstrap --rules bad.json good.jsonl
printf '{"rules": [\n  {"rule": "r", "tag": "Malware", "any": ["worm" "virus"]}]}' >cut.json
code ttag bootstrap --rules cut.json good.jsonl
code ttag bootstrap good.jsonl --weight -1
code ttag bootstrap good.jsonl --measure --weight 1
code ttag bootstrap good.jsonl --format tsv
code ttag bootstrap good.jsonl --measure
code ttag bootstrap good.jsonl -o no/such/folder/out.jsonl
code ttag bootstrap nowhere.jsonl
printf '{"text": "a worm"}\n{"text":\n' >half.jsonl
code ttag bootstrap half.jsonl -o out.jsonl
wc -l <out.jsonl
: >empty.jsonl
code ttag bootstrap empty.jsonl
yes '{"text": "a worm"}' | head -n 50000 >many.jsonl
set -o pipefail
ttag bootstrap -q many.jsonl | head -n 1 | cut -c 1-20
echo "pipe: $?"
