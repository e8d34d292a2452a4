. "$LIB"
train_model --preset plain --thresholds none
ttag inspect model.ttag Malware --terms 3 | mask_numbers |
    sed -E 's/^((support vectors|articles the solver saw|rounds of the solver|largest violation) +).*/\1N/'
ttag train -q "$FIXTURES/train.jsonl" -o linear.ttag --solver linear
ttag inspect linear.ttag Malware | grep -E '^(solver|largest violation|relative duality gap) ' | mask_numbers
ttag inspect -m model.ttag "Security News" --terms 0 | head -n 1
ttag inspect model.ttag VulnerabilitiesCisco --terms 0 | grep implies
ttag inspect model.ttag Malware | grep -c '^ *-\?[0-9]'
