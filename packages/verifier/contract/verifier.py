"""Verifies an audit bundle as docs/ledger.md and docs/ratings.md say. Python 3, no library.

python3 verifier.py BUNDLE… --key KEY… tells what is wrong. Without a file it reads bundles with
their trusted keys from standard input as JSON, and answers with a list of problems for each.
"""

import base64
import hmac
import json
import re
import sys

import certificates
import notes
from record import Record, Wrong, must

HEX = re.compile(r"[0-9a-f]{64}\Z")
MEMBERS = set(
    "authority certificates checkpoints consistency disclosures events format framework"
    " inspection keys ratings rotations seal witnesses".split()
)
STAGES = {
    "announced": "InspectionAnnounced",
    "list-received": "CaseListSubmitted",
    "commitment-renewed": "CommitmentRenewed",
    "sample-drawn": "NonceRevealed",
    "fieldwork-closed": "FieldworkClosed",
    "panel-convened": "PanelConvened",
    "ratings-concluded": "RatingsConcluded",
    "signed-off": "ReportSignedOff",
    "published": "ReportPublished",
    "corrected": "CorrectionIssued",
}


def exactly(thing, names, where):
    must(isinstance(thing, dict) and set(thing) == set(names), f"{where} has other members")


class Bundle:
    def __init__(self, raw, trusted):
        try:
            self.all, self.digests = notes.parsed(raw)
        except (ValueError, RecursionError) as problem:
            raise Wrong(f"the file is not canonical JSON: {problem}") from None
        exactly(self.all, MEMBERS, "the bundle")
        must(self.all["format"] == "assay-bundle/1", "the format is another one")
        self.trusted = [notes.Key(line) for line in trusted]
        self.origin = f"{self.all['authority']}/{self.all['inspection']}"
        self.entries = self.all["events"]

    def problems(self):
        found = []
        for name in (
            "authority seal events order checkpoints consistency witnesses timestamps framework"
            " certificates disclosures ratings"
        ).split():
            try:
                getattr(self, name)()
            except Wrong as wrong:
                found.append(f"{name}: {wrong}")
            except (ValueError, KeyError, TypeError, AttributeError, IndexError) as fault:
                found.append(f"{name}: {type(fault).__name__} {fault}")
        return found

    def authority(self):
        """Every key is a trusted one, or a trusted one leads to it by signed rotations."""
        self.keys = [notes.Key(line) for line in self.all["keys"]]
        must(self.keys, "there is no key")
        for key in self.keys:
            must(key.name == self.all["authority"], f"{key.line} is another's")
            must(key.kind == notes.SIGNATURE, f"{key.line} is a witness's")
        reached = {key.line for key in self.trusted if key.kind == notes.SIGNATURE}
        steps = [rotation_in(text) for text in self.all["rotations"]]
        for _ in steps:
            reached |= {new for old, new in steps if old in reached}
        if reached:
            strange = [key.line for key in self.keys if key.line not in reached]
            must(not strange, f"{strange} are not trusted")

    def signed_by_authority(self, note, name):
        return any(key.signs(note, name) for key in self.keys)

    def seal(self):
        note = notes.Note(self.all["seal"])
        lines = [self.all["format"], self.origin]
        for name in sorted(set(self.all) - {"seal"}):
            lines.append(f"{name} {self.digests[name]}")
        must(note.text == "\n".join(lines) + "\n", "the digests are of other members")
        must(self.signed_by_authority(note, self.all["authority"]), "no key of its signed it")
        must(len(note.lines) == 1, "somebody else signed it too")

    def events(self):
        """Each event shown gives its leaf, and shows no words."""
        self.places = []
        for index, entry in enumerate(self.entries):
            where = f"event {index}"
            must(entry["index"] == index, f"{where} says that it is {entry['index']}")
            if "event" in entry:
                exactly(entry, ("event", "index", "leaf"), where)
                event = entry["event"]
                exactly(event, ("data", "id", "metadata", "revision", "stream", "type"), where)
                must("salt" not in event["metadata"], f"{where} shows its salt")
                words_are_hidden(event["data"], where)
                leaf = notes.canonical({"format": "assay-leaf/1", **event}).encode()
                must(notes.leaf_hash(leaf).hex() == entry["leaf"], f"{where} has another leaf")
                self.places.append(event)
            else:
                exactly(entry, ("index", "leaf", "withheld"), where)
                held = entry["withheld"]
                exactly(held, ("id", "reason", "revision", "stream", "type"), where)
                must(held["type"] == "CaseListSubmitted", f"{where} may not be withheld")
                must(HEX.match(entry["leaf"]), f"{where} has no leaf")
                self.places.append(held)
        self.leaves = [bytes.fromhex(entry["leaf"]) for entry in self.entries]

    def order(self):
        revisions, ids = {}, set()
        inspection = re.escape(self.all["inspection"])
        streams = re.compile(
            rf"((inspection|fieldwork|panel|publication)-{inspection}"
            rf"|assessment-{inspection}\.c\d{{4,}})\Z"
        )
        for index, place in enumerate(self.places):
            stream = place["stream"]
            must(streams.match(stream), f"event {index}: {stream} is not this inspection's")
            due = revisions.get(stream, -1) + 1
            must(place["revision"] == due, f"event {index}: {stream} lacks {due}")
            revisions[stream] = due
            must(place["id"] not in ids, f"event {index} stands twice")
            ids.add(place["id"])

    def checkpoints(self):
        at = {place["id"]: index for index, place in enumerate(self.places)}
        self.sizes, self.notes = [], []
        for one in self.all["checkpoints"]:
            exactly(one, ("after", "note", "stage", "timestamps"), "a checkpoint")
            note = notes.Note(one["note"])
            origin, size, root, rest = note.text.split("\n", 3)
            must(origin == self.origin and rest == "", "a checkpoint is of another log")
            must(size == str(at[one["after"]] + 1), f"{one['stage']} has another size")
            size = int(size)
            must(not self.sizes or size > self.sizes[-1], f"{one['stage']} is out of order")
            expected = base64.b64encode(notes.tree_root(self.leaves[:size])).decode()
            must(root == expected, f"{one['stage']} has another root")
            must(self.signed_by_authority(note, self.origin), f"{one['stage']} is not signed")
            self.calls_for(one["stage"], size - 1)
            self.sizes.append(size)
            self.notes.append(note)
        must(self.sizes and self.sizes[-1] == len(self.entries), "the last covers less than all")

    def calls_for(self, stage, index):
        place = self.places[index]
        in_the_field = place["stream"].startswith(("fieldwork-", "assessment-"))
        fits = in_the_field if stage == "fieldwork-day" else STAGES.get(stage) == place["type"]
        must(fits, f"{stage} is not after {place['type']}")

    def consistency(self):
        must(len(self.all["consistency"]) == len(self.sizes) - 1, "proofs are missing")
        for old, new, proof in zip(self.sizes, self.sizes[1:], self.all["consistency"]):
            expected = notes.consistency_proof(self.leaves[:new], old)
            must(proof == [one.hex() for one in expected], f"from {old} to {new} it is another")

    def witnesses(self):
        keys = [notes.Key(line) for line in self.all["witnesses"]]
        for key in keys:
            must(key.kind == notes.COSIGNATURE, f"{key.line} is no witness's")
        keys += [key for key in self.trusted if key.kind == notes.COSIGNATURE]
        for note in self.notes:
            for key in keys:
                names = [line for line in note.lines if line[0] == key.name]
                must(not names or key.signs(note), f"{key.name} did not cosign {note.text!r}")

    def framework(self):
        framework = self.all["framework"]
        exactly(framework, ("digest", "document", "id"), "the framework")
        must(framework["digest"] == notes.digest(framework["document"]), "another digest")
        must(framework["id"] == framework["document"]["id"], "another id")
        announced = False
        for index, place in enumerate(self.places):
            if "data" not in place:
                continue
            if place["type"] == "InspectionAnnounced":
                announced, pinned = True, place["data"]["framework"]
                must(pinned["digest"] == framework["digest"], "another one was announced")
                version = pinned.get("version", framework["document"])
                must(notes.digest(version) == framework["digest"], "another one was announced")
            named = place["metadata"].get("framework", framework["id"])
            must(not announced or named == framework["id"], f"event {index} is under {named}")
        must(announced, "none was announced")

    def certificates(self):
        for certificate in self.all["certificates"]:
            exactly(certificate, ("digest", "document"), "a certificate")
        certificates.check(self.all, self.places)

    def timestamps(self):
        for one in self.all["checkpoints"]:
            for token in one["timestamps"]:
                imprint = notes.imprint_of(base64.b64decode(token, validate=True))
                must(imprint == notes.timestamped(one["note"]), f"{one['stage']} has another's")

    def disclosures(self):
        """Words that were laid open, each with the key of its place alone."""
        for one in self.all["disclosures"]:
            exactly(one, ("index", "key", "pointer", "text"), "a disclosure")
            found = self.places[one["index"]]["data"]
            for name in one["pointer"].split("/")[1:]:
                name = name.replace("~1", "/").replace("~0", "~")
                found = found[int(name)] if isinstance(found, list) else found[name]
            must(one["pointer"].endswith("/text"), f"{one['pointer']} is no place of words")
            text = notes.canonical(one["text"]).encode()
            expected = hmac.new(bytes.fromhex(one["key"]), text, "sha256").hexdigest()
            must(found == {"hash": expected}, f"other words stand at {one['pointer']}")

    def ratings(self):
        record = Record(self.all["framework"]["document"])
        for index, place in enumerate(self.places):
            if "data" in place:
                try:
                    record.follow(place)
                except Wrong as wrong:
                    raise Wrong(f"event {index} ({place['type']}): {wrong}") from None
        must(record.conclusions, "no ratings were concluded")
        must(self.all["ratings"] == record.conclusions[-1], "the ratings are others")


def rotation_in(text):
    note = notes.Note(text)
    lines = note.text.split("\n")
    must(lines[0] == "assay-key-rotation/1" and len(lines) == 5, "a rotation has another form")
    must(re.match(r"[-0-9T:.]+Z\Z", lines[3]), "a rotation has no time")
    must(all(notes.Key(line).signs(note) for line in lines[1:3]), "a rotation is not signed")
    must(len(note.lines) == 2, "somebody else signed a rotation")
    return lines[1], lines[2]


def words_are_hidden(value, where, name=None):
    if name == "text":
        hidden = isinstance(value, dict) and set(value) == {"hash"} and HEX.match(value["hash"])
        must(hidden or value == {"erased": True}, f"{where} shows words")
    elif isinstance(value, dict):
        for name, part in value.items():
            words_are_hidden(part, where, name)
    elif isinstance(value, list):
        for part in value:
            words_are_hidden(part, where)


def problems_of(raw, trusted):
    try:
        return Bundle(raw, trusted).problems()
    except Wrong as wrong:
        return [f"form: {wrong}"]


def main(arguments):
    cut = arguments.index("--key") if "--key" in arguments else len(arguments)
    files, trusted = arguments[:cut], arguments[cut + 1 :]
    if not files:
        asked = json.load(sys.stdin)
        json.dump([problems_of(one["bundle"].encode(), one["trusted"]) for one in asked], sys.stdout)
        return 0
    failed = False
    for file in files:
        with open(file, "rb") as stream:
            problems = problems_of(stream.read(), trusted)
        print("\n".join([f"{file}: {len(problems)} problems", *problems]))
        failed = failed or bool(problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
