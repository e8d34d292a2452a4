. "$LIB"
cat >herons.json <<'END'
{
  "name": "herons", "title": "Herons seen", "licence": "ours", "format": "csv",
  "article": {"id": "heron-{No}", "title": "{What|words}", "text": "{Story|words}", "date": "{Year}[-{Month|two}]"},
  "least_words": 3,
  "drop_repeated": true,
  "skip": {"field": "Withdrawn", "is": "yes"},
  "tags": [
    {"tag": "Malware", "when": {"field": ["What", "Story"], "has": ["worm", "trojan"]}},
    {"tag": "Security News", "when": {"not": {"tagged": "*"}}}
  ],
  "unknown": [{"tags": ["VulnerabilitiesV*", "Malware"]}]
}
END
cat >herons.csv <<'END'
No,What,Story,Year,Month,Withdrawn
1,A  worm ,"It ate the ""index"", and then
the backup",2019,3,
2,Too short,two words,2019,,
3,Gone,this was never true,2020,1,yes
4,Again,"It ate the ""index"", and then the backup",2021,1,
5,Birds,they stand in the reeds,2020,11,
END
code ttag import --mapping herons.json herons.csv
gzip -c herons.csv >packed.csv.gz
ttag import -q --mapping herons.json packed.csv.gz | cksum
ttag import -q --mapping herons.json herons.csv -o out.jsonl
cksum <out.jsonl
mkdir folder && cp herons.csv packed.csv.gz folder && echo passed over >folder/notes.txt
code ttag import --mapping herons.json folder -o twice.jsonl
ttag import -q --mapping herons.json - <herons.csv | cmp - out.jsonl && echo same
tar -cf herons.tar folder && ttag import -q --mapping herons.json herons.tar | cmp - out.jsonl && echo same
