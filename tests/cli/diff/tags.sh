# tags that only one of them knows; hashed terms beside others
. "$LIB"
train_model --preset plain
grep -v SocialEngineering "$FIXTURES/train.jsonl" >fewer.jsonl
echo '{"text": "gulls and herring", "tags": ["Birds"]}' | tee -a fewer.jsonl fewer.jsonl fewer.jsonl >/dev/null
ttag train -q fewer.jsonl -o new.ttag --preset plain --hash-bits 12
ttag diff model.ttag new.ttag --terms 0 | grep alone
code ttag diff model.ttag new.ttag Birds | grep -E 'alone|exit'
code ttag diff new.ttag model.ttag --format json --terms 0 | grep -o '"tag":"Birds".*'
