. "$LIB"
code ttag import
code ttag import herons x.json
code ttag import kev
code ttag import kev nowhere.json -o out.jsonl
echo '{"vulnerabilities": [{"cveID": "CVE-1", "shortDescription": "A hole in the fence of the pond"' >cut.json
code ttag import kev cut.json -o out.jsonl
echo '{"vulnerabilities": [{"cveID": "CVE-1", "shortDescription": "A hole in the fence", "vendorProject": "Adobe"}]}' >good.json
code ttag import kev cut.json good.json
code ttag import --mapping good.json good.json
code ttag import kev good.json --max-document 20
code ttag import kev good.json -o no/such/folder/out.jsonl
mkdir empty
code ttag import kev empty
ls *.jsonl 2>/dev/null
