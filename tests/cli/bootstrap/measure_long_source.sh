# The columns stand below each other whatever a source is called
. "$LIB"
cat >feed.jsonl <<'END'
{"text": "A worm ate the index.", "source": "The Quarterly of the Upper Pond", "tags": ["Malware"]}
{"text": "A worm ate the index.", "source": "pond", "tags": []}
END
echo '{"rules": [{"rule": "a worm", "tag": "Malware", "any": ["worm"]}]}' >rules.json
code ttag bootstrap --rules rules.json --measure feed.jsonl
