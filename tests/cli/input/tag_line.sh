# a tag line is read as tags, tags with a blank in them too, and not as text
. "$LIB"
needs python3
mkdir feed
for i in 1 2 3; do
    printf 'Title %d\n\nMalware Security News\n\nA worm crawled into till %d.\n' $i $i >feed/m$i.txt
    printf 'Title %d\n\nSocialEngineering ThreatsEconomic\n\nA caller asked clerk %d for money.\n' $i $i >feed/s$i.txt
done
ttag train -q feed -o model.ttag
ttag inspect model.ttag --format json | python3 -c 'import json, sys; print([t["tag"] for t in json.load(sys.stdin)["tags"]])'
ttag export feed --svmlight out.svm -q
grep -i -c -E 'malware|news|threats|engineering' out.svm.terms
# the same with only two tags to learn
printf 'Malware\nSocialEngineering\n' >tags.txt
ttag train -q feed -o model.ttag --tags tags.txt
ttag inspect model.ttag Malware --format json --terms 1000 | grep -c -i -E '"term":"(news|security news)"'
