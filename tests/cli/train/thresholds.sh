# cuts that keep a bound; a tag for which there is none is named, and never given
. "$LIB"
{
    for n in 1 2 3 4 5 6 7 8; do
        echo '{"text":"the kettle whistles loudly in kitchen number '$n'","tags":["Tea"]}'
        echo '{"text":"a lottery ticket was drawn","tags":["Luck"]}'
        echo '{"text":"a lottery ticket was drawn","tags":[]}'
    done
} >feed.jsonl
for rule in none f1 precision=0.9 recall=0.9; do
    ttag train --log-level warning feed.jsonl -o model.ttag --thresholds $rule
    ttag inspect --card model.ttag | grep -o -e '"thresholds":"[^"]*"' -e '"never_given":[^]]*]'
    ttag inspect model.ttag | grep -E '^(Tea|Luck)' | mask_numbers
done
ttag train -q feed.jsonl -o model.ttag --thresholds precision=0.9
ttag inspect model.ttag Luck | grep -E '^(threshold|score at)'
ttag inspect model.ttag Luck --format json | grep -o '"threshold":[^,]*'
echo 'a lottery ticket was drawn' | ttag classify -m model.ttag
ttag evaluate -m model.ttag feed.jsonl --replicates 0 | grep never
for rule in precision precision= precision=0 recall=1.1 f1=0.5 best; do
    code ttag train -q feed.jsonl -o model.ttag --thresholds $rule
done
