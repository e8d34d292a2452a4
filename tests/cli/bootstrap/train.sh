. "$LIB"
# what rules have labelled, trained beside what people have, and never scored
ttag bootstrap -q --existing replace "$SOURCE/datasets/starter/test.jsonl" -o first.jsonl
ttag train -q "$SOURCE/datasets/starter/train.jsonl" --extra first.jsonl -o news.ttag --thresholds none
ttag classify -m news.ttag --format tsv - <<<'{"id": 1, "text": "Asterisk PBX crash by a crafted SIP INVITE"}' | cut -f 2 | grep -c VOIP
# by rules alone
ttag bootstrap -q --existing replace "$SOURCE/datasets/starter/train.jsonl" -o second.jsonl
ttag train second.jsonl -o rules.ttag --thresholds none
ttag inspect -m rules.ttag SophosNews | grep -c sophos
