# what changed: options, thresholds, weights, terms that came and went
. "$LIB"
train_model --preset plain
mv model.ttag old.ttag
train_model --preset plain --thresholds none --cost 0.5 --min-df 3
ttag diff old.ttag model.ttag --terms 2 >text
sed '/^$/,$d' text | grep -v -E '^(size|libraries|program|solver)' | mask_numbers | sed 's/  */ /g'
grep -c '^weights that changed most' text
grep '^terms that only' text
ttag diff old.ttag model.ttag Malware --terms 1 | grep -c '^weights that changed most'
ttag diff old.ttag old.ttag
