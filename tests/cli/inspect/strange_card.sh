# a card may be a stranger's: refused unless it is JSON, and nothing in it reaches the terminal
. "$LIB"
train_model
try() {
    printf '%s\n' "$1" | replace_card model.ttag strange.ttag && code ttag inspect "${@:2}" strange.ttag
}
try 'no JSON' --verify
try 'no JSON'
try 'no JSON' --card
try '[{}]' --format json
try '{"seed": 018}'
printf '{"a":%05000d}' 0 | tr 0 '[' | replace_card model.ttag strange.ttag
code ttag inspect strange.ttag Malware
try $'{"a\\u001b[31m": "\\u001b[2J", "list": ["\\u0007", -1.50], "tags": {"rounds": 1}}' | grep -E '^(a|list|tags\.)|exit'
try $'{"a":\t"b\tc", "n": [1E2 ,{ }]}' --format json | grep -o '"card":{.*},"tags":\[{'
code ttag inspect strange.ttag Malware --terms 0 | grep -E '^(tag|solver|exit)'
