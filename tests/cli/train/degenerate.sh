# tags with one positive article, with all positive, contradicting duplicates, an empty article, and
# costs from tiny to huge: every training ends, and the model tags
{
    for i in 1 2 3 4 5 6; do
        printf '{"text":"the gang encrypted files of clinic %d and asked for ransom","tags":["All","Ransom"]}\n' $i
        printf '{"text":"parliament %d voted on the budget for roads","tags":["All"]}\n' $i
        printf '{"text":"a phishing letter asked for passwords","tags":["All","Letter"]}\n'
        printf '{"text":"a phishing letter asked for passwords","tags":["All"]}\n'
    done
    printf '{"text":"","tags":["All","Ransom"]}\n'
    printf '{"text":"one lonely worm","tags":["All","Worm"]}\n'
} >odd.jsonl
for solver in libsvm linear; do
    for cost in 1e-6 1 1e6; do
        ttag train -q odd.jsonl -o odd.ttag --min-docs 1 --solver $solver --cost $cost
        echo "$solver, cost $cost: exit $?"
        echo 'a gang encrypted files and asked for ransom' |
            ttag classify -m odd.ttag --format tsv | cut -f2 | grep -x All
    done
done
