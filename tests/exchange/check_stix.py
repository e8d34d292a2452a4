"""Reads a bundle from standard input; checks it by the rules of STIX 2.1 (OASIS Standard, 10 June
2021) and of its JSON schemas: sections 3.1 (bundle), 3.2 (common properties), 2.9 (identifiers),
2.10 (timestamps), 2.5 (external references), 4.5 (identity), 4.16 (report)."""
import datetime

import re

from rules import UUID, Rules, document

# schemas/common/timestamp.json; 3.2 wants created and modified precise to the millisecond
TIME = (r"[0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])"
        r"T([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60)(\.[0-9]+)?Z")
MILLISECONDS = TIME.replace(r"(\.[0-9]+)?", r"\.[0-9]{3}")
URI = r"[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+"
CVE = r"CVE-\d{4}-(0\d{3}|[1-9]\d{3,})"
COMMON = {"type", "spec_version", "id", "created_by_ref", "created", "modified", "revoked", "labels",
          "confidence", "lang", "external_references", "object_marking_refs", "granular_markings",
          "extensions"}
OWN = {
    "identity": {"name", "description", "roles", "identity_class", "sectors", "contact_information"},
    "report": {"name", "description", "report_types", "published", "object_refs"},
}
REQUIRED = {"identity": ["name"], "report": ["name", "published", "object_refs"]}
REPORT_TYPES = {"attack-pattern", "campaign", "identity", "indicator", "intrusion-set", "malware",
                "observed-data", "threat-actor", "threat-report", "tool", "vulnerability"}
IDENTITY_CLASSES = {"individual", "group", "system", "organization", "class", "unknown"}

r = Rules()


def identifier(value, kind, place):
    match = isinstance(value, str) and re.fullmatch(r"([a-z0-9-]+)--(.*)", value)
    good = match and UUID.fullmatch(match[2]) and (kind is None or match[1] == kind)
    r.want(good, place, f"{value!r} is no identifier of type {kind}")


def strings(owner, key, place):
    value = owner.get(key)
    if value is None:
        return []
    good = isinstance(value, list) and value and all(isinstance(v, str) and v for v in value)
    r.want(good, place, f'"{key}" is {value!r}; expected a list of strings, not empty')
    return value if good else []


def moment(text):
    return datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ")


def reference(ref, place):
    r.only(ref, {"source_name", "description", "url", "hashes", "external_id"}, place)
    r.text(ref, "source_name", place, pattern=r".+")
    r.text(ref, "url", place, required=False, pattern=URI)
    r.text(ref, "external_id", place, required=False, pattern=r"(?s).+")
    r.want(any(k in ref for k in ("description", "url", "external_id")), place,
           "names nothing: expected a description, a url or an external_id")
    if ref.get("source_name") == "cve":
        r.text(ref, "external_id", place, pattern=CVE)
    else:
        r.want(not re.match(CVE + "$", ref.get("external_id", "")), place, "a CVE is of source cve")


def common(item, place):
    identifier(item.get("id"), item["type"], place)
    r.text(item, "spec_version", place, pattern=r"2\.1")
    stamps = [r.text(item, key, place, pattern=MILLISECONDS) for key in ("created", "modified")]
    if all(stamps):
        r.want(moment(item["modified"]) >= moment(item["created"]), place, "modified before created")
    if "created_by_ref" in item:
        identifier(item["created_by_ref"], "identity", place)
    confidence = item.get("confidence", 0)
    r.want(isinstance(confidence, int) and 0 <= confidence <= 100, place,
           f'"confidence" is {confidence!r}')
    strings(item, "labels", place)
    if "external_references" in item:
        refs = item["external_references"]
        r.want(isinstance(refs, list) and refs, place, '"external_references" is empty')
        for ref in refs:
            reference(ref, place)


def report(item, place):
    r.text(item, "published", place, pattern=TIME)
    for kind in strings(item, "report_types", place):
        r.want(kind in REPORT_TYPES, place, f"the vocabulary has no report type {kind!r}")
    refs = strings(item, "object_refs", place)
    r.want(refs, place, "refers to no object")
    for ref in refs:
        identifier(ref, None, place)
        r.want(ref in known, place, f"{ref} is not in the bundle")
    if "created_by_ref" in item:
        r.want(item["created_by_ref"] in known, place, "its creator is not in the bundle")


bundle = document()
r.only(bundle, {"type", "id", "objects"}, "bundle")
r.text(bundle, "type", "bundle", pattern="bundle")
identifier(bundle.get("id"), "bundle", "bundle")
objects = bundle.get("objects", [])
r.want("objects" not in bundle or (isinstance(objects, list) and objects), "bundle", "objects is empty")
known = {item.get("id") for item in objects}
for number, item in enumerate(objects):
    where = f"object {number}"
    if not r.want(item.get("type") in OWN, where, f"type {item.get('type')!r} is not expected here"):
        continue
    r.only(item, COMMON | OWN[item["type"]], where)
    for key in REQUIRED[item["type"]]:
        r.want(item.get(key), where, f'"{key}" is missing')
    for key, value in item.items():
        r.want(re.fullmatch(r"[a-z0-9_]{3,250}|id", key), where, f"{key} is no name of a property")
        r.want(value is not None and value != [] and value != {}, where, f'"{key}" is empty')
    common(item, where)
    if item["type"] == "report":
        report(item, where)
    else:
        r.want(item.get("identity_class") in IDENTITY_CLASSES, where, "identity_class")
r.end(f"{len(objects)} objects")
