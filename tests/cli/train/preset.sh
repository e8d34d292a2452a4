# a preset comes first wherever it stands
. "$LIB"
needs python3
options() { ttag inspect --card model.ttag | python3 -c '
import json, sys
o = json.load(sys.stdin)["options"]
print(o["tokens"], o["title"], o["word_ngrams"], o["min_df"], o["cost"], o["thresholds"])'; }
train_model && options
train_model --preset best && options
train_model --preset plain && options
train_model --word-ngrams 3 -c 2 --preset plain --thresholds none && options
