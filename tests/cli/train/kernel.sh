# the RBF kernel: support vectors in place of weights, gamma given or searched
. "$LIB"
for options in '--kernel linear' '--kernel rbf --gamma 0.5' '--kernel rbf' '--kernel rbf --threads 2'; do
    train_model $options
    ttag inspect model.ttag | grep -E '^(kernel|options.(kernel|gamma))' | tr -s ' ' |
        sed -E 's|(gamma) [0-9.]+|\1 N|; s|[0-9]+ (support vectors)|N \1|'
    ttag inspect model.ttag --card | grep -o '"gamma_search":\[[^]]*' | tr '{' '\n' | grep -c micro_f1
    ttag inspect model.ttag Malware --terms 1 | grep strongest
    mv model.ttag "model-${options##* }.ttag"
done
same model-rbf.ttag model-2.ttag
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --kernel rbf --memory 1K
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --kernel rbf --solver linear
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --gamma 2
code ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --kernel rbf --gamma 0
