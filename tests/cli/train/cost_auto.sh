# a cost that was searched for gives the model that the same cost gives when asked for
for options in '--solver libsvm' '--solver linear' '--thresholds none'; do
    ttag train -q "$FIXTURES/train.jsonl" -o auto.ttag $options --cost auto
    cost=$(ttag inspect --card auto.ttag | grep -o '"cost":[0-9.]*,"positive_cost"' | head -1 | tr -cd '0-9.')
    ttag train -q "$FIXTURES/train.jsonl" -o asked.ttag $options --cost "$cost"
    for model in auto asked; do
        ttag classify -m $model.ttag --all --format tsv "$FIXTURES/train.jsonl" >$model.tsv
    done
    cmp auto.tsv asked.tsv && echo "$options: the same at cost $cost"
    ttag inspect --card auto.ttag | grep -o '"cost_search":\[{"cost":1,"positive_weight":1,' | wc -l
done
for options in '--cost-per-tag' '--positive-weight auto' '--cost 2 --positive-weight 3'; do
    ttag train -q "$FIXTURES/train.jsonl" -o model.ttag $options
    ttag inspect --card model.ttag | grep -o '"options".*"solver":"'| grep -o '"cost".*"positive_weight":[^,]*'
done
ttag inspect --card model.ttag | grep -o '"cost":[0-9.]*,"positive_cost":[0-9.]*' | sort -u
ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --cost auto -c 0 || echo exit $?
ttag train -q "$FIXTURES/train.jsonl" -o model.ttag --positive-weight none || echo exit $?
