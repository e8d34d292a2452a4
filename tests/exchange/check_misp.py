"""Reads events from standard input; checks them by the MISP core format (draft-dulaunoy-misp-core-
format-18: the JSON schema at its end, which allows no other members, and what its text says MUST be
present) and by what MISP's import takes: {"response":[{"Event":…}]} or {"Event":…}. Left to the
instance, as PyMISP leaves them: id, org_id, orgc_id, event_id, which only it can know."""
import datetime
import re

from rules import UUID, Rules, document

EVENT = {"id", "orgc_id", "org_id", "date", "extends_uuid", "threat_level_id", "info", "published",
         "uuid", "attribute_count", "analysis", "timestamp", "first_publication", "distribution",
         "proposal_email_lock", "locked", "publish_timestamp", "sharing_group_id",
         "disable_correlation", "event_creator_email", "Org", "Orgc", "SharingGroup", "Attribute",
         "ShadowAttribute", "RelatedEvent", "Galaxy", "Object", "Tag"}
ATTRIBUTE = {"id", "old_id", "type", "category", "to_ids", "uuid", "event_id", "event_uuid",
             "proposal_to_delete", "validationIssue", "Org", "org_id", "distribution", "timestamp",
             "first_seen", "last_seen", "comment", "sharing_group_id", "deleted",
             "disable_correlation", "value", "data", "object_relation", "object_id", "SharingGroup",
             "ShadowAttribute", "Sighting", "Galaxy", "Tag"}
OBJECT = {"uuid", "name", "event_id", "description", "template_uuid", "template_version", "id",
          "meta-category", "deleted", "timestamp", "first_seen", "last_seen", "distribution",
          "sharing_group_id", "comment", "ObjectReference", "Attribute"}
TAG = {"id", "name", "colour", "exportable", "hide_tag", "user_id"}
# the types that we use, by category, of the draft's list
TYPES = {"Other": {"comment", "text"}, "External analysis": {"link", "comment", "text"},
         "Internal reference": {"text", "link", "comment"}}
# the template "report" of misp-objects: relation, type
REPORT = {"title": "text", "summary": "text", "link": "link", "type": "text", "case-number": "text"}
LEVELS = {"completely-confident", "usually-confident", "fairly-confident", "rarely-confident",
          "unconfident", "confidence-cannot-be-evalued"}
MACHINE_TAG = r'([a-z0-9][\w-]*):([\w:.-]+)="([^"]+)"'
SECONDS = r"0|[1-9][0-9]*"

r = Rules()
seen = set()


def unique(owner, place):
    if r.text(owner, "uuid", place, pattern=UUID.pattern):
        r.want(owner["uuid"] not in seen, place, f"uuid {owner['uuid']} is there twice")
        seen.add(owner["uuid"])


def sharing(owner, place, most):
    r.text(owner, "distribution", place, pattern=f"[0-{most}]")
    if owner.get("distribution") != "4":
        r.text(owner, "sharing_group_id", place, pattern="0")


def attribute(a, place):
    r.only(a, ATTRIBUTE, place)
    unique(a, place)
    for key in ("type", "category"):
        r.text(a, key, place, pattern=".+")
    r.want(a.get("type") in TYPES.get(a.get("category"), ()), place,
           f"{a.get('category')} has no {a.get('type')}")
    r.want(isinstance(a.get("to_ids"), bool) and isinstance(a.get("deleted"), bool), place,
           "to_ids and deleted are no booleans")
    r.text(a, "timestamp", place, pattern=SECONDS)
    r.text(a, "comment", place, required=False)
    sharing(a, place, 5)
    if r.text(a, "value", place, pattern=r"(?s)\S(.*\S)?"):
        r.want(len(a["value"].encode()) <= 65535, place, "value is longer than MISP can keep")
        if a["type"] == "link":
            r.want(re.fullmatch(r"[a-z+.-]+://[!-~]+", a["value"]), place, "is no link")


def report(o, place):
    r.only(o, OBJECT, place)
    unique(o, place)
    for key in ("name", "description", "template_uuid", "meta-category"):
        r.text(o, key, place, pattern=".+")
    r.text(o, "template_version", place, pattern="[0-9]+")
    r.text(o, "timestamp", place, pattern=SECONDS)
    sharing(o, place, 5)
    relations = [a.get("object_relation") for a in o.get("Attribute", [])]
    r.want(set(relations) & {"title", "summary", "link"}, place, "the template wants one of three")
    for a in o.get("Attribute", []):
        attribute(a, place)
        r.want(REPORT.get(a.get("object_relation")) == a.get("type"), place,
               f"{a.get('object_relation')} is not of this template")


def tags(event, place):
    names = [t.get("name") for t in event.get("Tag", [])]
    for t in event["Tag"]:
        r.only(t, TAG, place)
        r.want(re.fullmatch(MACHINE_TAG, t.get("name", "")), place, f"{t} is no machine tag")
    r.want(len(set(names)) == len(names), place, "a tag is there twice")
    r.want('misp:automation-level="unsupervised"' in names, place, "does not say who tagged it")
    levels = [n for n in names if n.startswith("misp:confidence-level=")]
    ours = [n for n in names if n.startswith("threattag:category=")]
    r.want(len(levels) == (1 if ours else 0), place, f"{len(levels)} levels of confidence")
    r.want(all(n.split('"')[1] in LEVELS for n in levels), place, f"{levels}")


def check_event(event, place):
    r.only(event, EVENT, place)
    unique(event, place)
    if r.text(event, "info", place, pattern=".+"):
        r.want(len(event["info"]) <= 256 and "\n" not in event["info"], place, "info is too long")
    r.want(isinstance(event.get("published"), bool), place, "published is no boolean")
    r.text(event, "threat_level_id", place, pattern="[1-4]")
    r.text(event, "analysis", place, pattern="[0-2]")
    if r.text(event, "date", place, pattern=r"\d{4}-\d\d-\d\d"):
        datetime.date.fromisoformat(event["date"])
    for key in ("timestamp", "publish_timestamp"):
        r.text(event, key, place, pattern=SECONDS)
    sharing(event, place, 4)
    tags(event, place)
    for a in event["Attribute"]:
        attribute(a, place)
    for o in event.get("Object", []):
        report(o, place)


whole = document()
r.want(list(whole) in (["response"], ["Event"]), "document", f"holds {list(whole)}")
events = [e["Event"] for e in whole["response"]] if "response" in whole else [whole["Event"]]
for number, one in enumerate(events):
    check_event(one, f"event {number}")
r.end(f"{len(events)} events")
