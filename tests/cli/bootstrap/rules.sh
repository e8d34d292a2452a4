. "$LIB"
cat >rules.json <<'END'
{
  "lists": {"birds": ["heron", "herons", "egret*"]},
  "negation": {"before": ["no sign of"]},
  "rules": [
    {"rule": "a worm is about", "tag": "Malware", "any": ["worm", "worms"]},
    {"rule": "nothing crawls", "tag": "Malware", "says": "absent", "none": ["worm*", "virus*"]},
    {"rule": "the pond's own news", "tag": "SophosNews", "in": ["url", "source"], "any": ["pond"]},
    {"rule": "birds alone", "tag": "Uncategorized", "untagged": "*", "any": ["@birds"], "least": 2}
  ]
}
END
cat >feed.jsonl <<'END'
{"id": 1, "title": "Worm in the pump", "text": "A worm ate the index. It is a worm.", "date": "2030-01-01", "group": "g"}
{"id": "two", "text": "Herons and egrets stand in the reeds."}
{"text": "No sign of a worm, says the keeper.", "url": "https://pond.example/a"}
{"text": "A virus, perhaps.", "source": "The Pond", "weight": 0.5}
{"id": 5, "text": "A worm.", "tags": ["SocialEngineering"], "unknown": ["Malware"], "weight": 2}
END
code ttag bootstrap --rules rules.json feed.jsonl
code ttag bootstrap -q --rules rules.json --explain --existing merge --weight 0.1 feed.jsonl -o out.jsonl
cat out.jsonl
ttag bootstrap -q --rules rules.json --existing replace - <feed.jsonl | tail -n 1
gzip -c feed.jsonl >feed.jsonl.gz
ttag bootstrap -q --rules rules.json feed.jsonl | cksum
ttag bootstrap -q --rules rules.json feed.jsonl.gz | cksum
# what comes out can be labelled again, and trained on
ttag bootstrap -q --rules rules.json feed.jsonl -o first.jsonl
ttag bootstrap -q --rules rules.json first.jsonl | cmp - first.jsonl && echo "the same again"
