. "$LIB"
needs python3
train_model --tokens words --title drop --word-ngrams 2 --min-df 3 --max-df 0.5 --tf count --idf none --norm none \
    --max-terms 50 --tolerance 0.01 --folds 3 --partitions 2 --seed 18446744073709551615 --memory 64M --max-record 1K --input-format jsonl
ttag inspect --card model.ttag | python3 -c 'import json, sys; print(json.load(sys.stdin)["options"])'
