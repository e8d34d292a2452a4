. "$LIB"
cat >rules.json <<'END'
{"rules": [
  {"rule": "w", "tag": "Malware", "any": ["worm"]},
  {"rule": "n", "tag": "Malware", "says": "absent", "none": ["worm", "virus"]},
  {"rule": "s", "tag": "SophosNews", "any": ["sophos"]}
]}
END
cat >feed.jsonl <<'END'
{"text": "a worm", "tags": ["Malware"], "source": "pond"}
{"text": "a worm in the compost", "tags": [], "source": "pond"}
{"text": "a virus", "tags": ["Malware"], "source": "pond"}
{"text": "birds", "tags": [], "source": "pond"}
{"text": "it crawls", "tags": ["Malware"], "source": "lake"}
{"text": "a worm", "tags": ["X"], "unknown": ["*"], "source": "lake"}
{"text": "a worm", "tags": [], "unknown": ["Malware"]}
{"text": "not labelled worm"}
END
ttag bootstrap --rules rules.json --measure feed.jsonl
ttag bootstrap --rules rules.json --measure --format tsv --unknown-where 'source=lake:*' --unknown-where 'source=pond:M*' feed.jsonl
code ttag bootstrap --rules rules.json --measure feed.jsonl -o figures.txt
wc -l <figures.txt
# other tags than the built-in ones
printf 'Worms\nBirds\n' >tags.txt
echo '{"rules": [{"rule": "w", "tag": "W*", "any": ["worm"]}]}' >own.json
ttag bootstrap -q --rules own.json --tags tags.txt - <<<'{"text": "a worm", "id": 1}'
# the built-in rules
ttag bootstrap -q --explain - <<<'{"text": "Asterisk: a crafted SIP message lets a remote attacker crash the PBX (CVE-2031-1).", "id": 1}' |
    grep -o '"tag":"VulnerabilitiesVOIP","says":"[a-z]*"'
