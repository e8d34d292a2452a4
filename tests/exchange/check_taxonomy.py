"""check_taxonomy.py TOP [--write]: whether datasets/misp/threattag/machinetag.json, and its entry in
MANIFEST.json's form, say what datasets/taxonomy.json says, by the rules of misp-taxonomies' schema.
--write makes the file anew."""
import json
import sys

PREDICATE = {"numerical_value", "colour", "description", "expanded", "value", "exclusive"}
ENTRY = {"numerical_value", "expanded", "description", "value"}


def made_of(taxonomy):
    entries = [{"value": tag["name"], "expanded": tag["name"], "description": tag["description"]}
               for tag in taxonomy["tags"]]
    return {
        "namespace": taxonomy["taxonomy"],
        "expanded": "ThreatTag",
        "description": "Categories of security news: threats, malware, vulnerabilities by product, "
                       "news of vendors; as given to articles by ThreatTag",
        "version": taxonomy["version"],
        "type": ["event", "attribute"],
        "predicates": [{"value": "category", "expanded": "Category",
                        "description": "What an article is about; several may hold"}],
        "values": [{"predicate": "category", "entry": entries}],
    }


def obeys_schema(made):
    assert set(made) <= {"version", "description", "expanded", "namespace", "type", "refs",
                         "predicates", "values"}
    assert {"namespace", "description", "version", "predicates"} <= set(made)
    assert isinstance(made["version"], int) and set(made["type"]) <= {"org", "user", "attribute", "event"}
    for predicate in made["predicates"]:
        assert set(predicate) <= PREDICATE and predicate["value"]
    for group in made["values"]:
        assert group["predicate"] in [p["value"] for p in made["predicates"]]
        values = [entry["value"] for entry in group["entry"]]
        assert len(set(values)) == len(values)
        for entry in group["entry"]:
            assert set(entry) <= ENTRY and entry["value"] and '"' not in entry["value"]


top = sys.argv[1]
path = top + "/datasets/misp/threattag/machinetag.json"
with open(top + "/datasets/taxonomy.json", encoding="utf-8") as file:
    made = made_of(json.load(file))
if sys.argv[2:] == ["--write"]:
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(made, indent=2, ensure_ascii=False) + "\n")
with open(path, encoding="utf-8") as file:
    there = json.load(file)
obeys_schema(there)
assert there == made, path + " is not what taxonomy.json says; --write makes it anew"
with open(top + "/datasets/counterparts.json", encoding="utf-8") as file:
    counterparts = json.load(file)
names = [entry["value"] for entry in made["values"][0]["entry"]]
assert set(counterparts) <= set(names), "a counterpart of no tag"
print(len(names), "tags: the same")
