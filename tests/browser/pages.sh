#!/bin/bash
# Makes the pages that are looked at: pages.sh BIN OUT. One more report: one more line or two here.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
starter=$here/../../datasets/starter
bin=$(cd "$1" && pwd)
export PATH=$bin:$PATH LC_ALL=C
mkdir -p "$2"
cd "$2"
rm -rf ./*.html

ttag train -q "$starter/train.jsonl" -o starter.ttag
ttag evaluate -q -m starter.ttag "$starter/test.jsonl" --html evaluation.html -o /dev/null

# What others wrote, at its worst: markup, long words, many scripts, hundreds of tags.
awk 'BEGIN {
    long = "W"
    for (i = 0; i < 8; i++) long = long long
    split("<script>alert(1)</script>|\\u202eevil|ransomware|Грюссе|漢字漢字|\\\"><img src=x>|" long, words, "|")
    for (n = 0; n < 300; n++) {
        printf "{\"id\":\"</article>%d\",\"title\":\"%s & %s\",\"source\":\"<b>%s\",", n, \
            words[n % 7 + 1], words[n % 5 + 1], words[n % 4 + 1]
        printf "\"date\":\"20%02d-%02d-03\",\"text\":\"", 10 + n % 20, n % 12 + 1
        for (k = 0; k < 40; k++) printf "%s w%d ", words[(n * 3 + k) % 7 + 1], (n % 60) * 7 + k % 9
        printf "\",\"tags\":[\"Tag %d <i>\",\"%s\"]}\n", n % 60, n % 2 ? "Even & odd" : substr(long, 1, 90)
    }
}' >odd.jsonl
ttag train -q --preset plain odd.jsonl -o odd.ttag --min-docs 2
ttag evaluate -q -m odd.ttag odd.jsonl "$starter/test.jsonl" --html odd.html -o /dev/null

# Next to nothing: one article.
head -1 "$starter/test.jsonl" >one.jsonl
ttag evaluate -q -m starter.ttag one.jsonl --html one.html -o /dev/null

# Of parts, without articles.
ttag evaluate -q -m starter.ttag "$starter/test.jsonl" --part whole.part
ttag merge -q whole.part --html merged.html -o /dev/null

# Two models.
ttag train -q --preset plain "$starter/train.jsonl" -o plain.ttag
ttag compare -q starter.ttag plain.ttag "$starter/test.jsonl" --html compare.html -o /dev/null

# An audit that finds something in each of its sections: copies, a blanket-tagged record, wrong tags.
{
    cat "$starter/train.jsonl"
    head -5 "$starter/train.jsonl"
    sed -n '6,9s/"tags": *\[[^]]*\]/"tags":["VulnerabilitiesVOIP"]/p' "$starter/train.jsonl"
    sed '3!d; s/"tags": *\[[^]]*\]/"tags":["everything"]/' "$starter/test.jsonl" # a leak
    awk 'BEGIN {
        for (n = 0; n < 40; n++) printf "%s\"Tag %d\"", n ? "," : "{\"id\":\"blanket\",\"title\":" \
            "\"It carries whatever there is\",\"text\":\"A harbour in the north opened again.\",\"tags\":[", n
        print "]}"
        for (n = 0; n < 12; n++)
            printf "{\"id\":\"line-%d\",\"text\":\"Number %d of the harbour notes, on tide %d and crane %d.\\n" \
                "Subscribe to the harbour letter for more of this\",\"tags\":[]}\n", n, n * 7, n * n, n + 40
    }'
} >doubtful.jsonl
ttag audit -q doubtful.jsonl --against "$starter/test.jsonl" --html audit.html >/dev/null
ttag audit -q one.jsonl --html audit-one.html >/dev/null || [ $? = 3 ]

# How F1 grows with articles.
ttag curve -q "$starter/train.jsonl" --preset plain --html curve.html >/dev/null
