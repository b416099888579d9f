"""Holds a sampling certificate against the facts of the bundle, as docs/sampling.md says."""

import datetime
import hashlib

import notes
from record import must

CONDUCT = {"BeaconNamed", "CommitmentRenewed", "SampleSizesSet", "DrawCountersigned",
           "ReplacementProposed"}


def check(bundle, places):
    facts = [(place["type"], place["data"]) for place in places if "data" in place]
    drawn = [data["draw"] for kind, data in facts if kind == "SampleDrawn"]
    nonces = [data["nonce"] for kind, data in facts if kind == "NonceRevealed"]
    certificates = bundle["certificates"]
    must(len(certificates) == min(1, len(drawn), len(nonces)), "there is not one for the draw")
    for certificate in certificates:
        document = certificate["document"]
        must(certificate["digest"] == notes.digest(document), "it has another digest")
        expected = certified(bundle, facts, drawn[0], nonces[0], document["format"])
        for name in sorted({*expected, *document}):
            found = document.get(name)
            must(notes.canonical(found) == notes.canonical(expected.get(name)),
                 f"{name} is not what the draw gives")
        sound(facts, drawn[0], nonces[0])


def certified(bundle, facts, draw, nonce, kind):
    document = {**draw, "format": kind, "inspection": bundle["inspection"], "naming": "row"}
    document.update(nonce=nonce, commitment=hashlib.sha256(bytes.fromhex(nonce)).hexdigest())
    former = not kind.endswith("/3")
    if former:
        document["settings"] = bundle["framework"]["document"]["ruleset"]["sampling"]
    document["populations"] = {
        name: population(drawn, draw["fieldworkStart"], former)
        for name, drawn in draw["populations"].items()
    }
    document["replacements"] = replacements(facts)
    if any(kind in CONDUCT for kind, _ in facts):
        document["conduct"] = conduct(facts)
    return document


def population(drawn, start, former):
    size, window = drawn["size"], drawn["window"]
    if former and size["basis"]["formula"] == "ratio":
        basis = size["basis"]
        basis = {"formula": "proportion", "courtSize": basis["drawn"], "court": basis["there"],
                 "outOfCourt": basis["here"], "rounding": basis["rounding"]}
        size = {**size, "basis": basis}
    days = {"first": months_before(start, window["to"]), "last": months_before(start, window["from"])}
    excluded = [{"ref": one["case"], "reason": one["reason"]} for one in drawn["excluded"]]
    return {**drawn, "excluded": excluded, "size": size["size"], "sizing": size,
            "window": {**window, **days}}


def months_before(day, months):
    year, month, date = (int(part) for part in day.split("-"))
    year, month = divmod(year * 12 + month - 1 - months, 12)
    following = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - datetime.timedelta(days=1)).day
    return f"{year:04d}-{month + 1:02d}-{min(date, last):02d}"


def replacements(facts):
    proposed = {data["case"] for kind, data in facts if kind == "ReplacementProposed"}
    found = []
    for kind, data in facts:
        if kind in ("CaseReplaced", "CaseWithdrawn"):
            one = {"replaced": data["case"], "reason": data["reason"]}
            if kind == "CaseReplaced":
                one["replacement"] = data["replacement"]
            if data["case"] in proposed:
                one["hadAnswers"] = True
            found.append(one)
    return found


def conduct(facts):
    def of(kind):
        return [data for name, data in facts if name == kind]

    framework = of("InspectionAnnounced")[0]["framework"]
    found = {
        "framework": {"id": framework["version"]["id"], "digest": framework["digest"]},
        "renewals": [
            {"on": day_in_england(one["at"]), "because": one["because"],
             "commitment": one["commitment"]}
            for one in of("CommitmentRenewed")
        ],
    }
    if of("BeaconNamed"):
        found["beaconRound"] = of("BeaconNamed")[-1]["beacon"]
    if of("DrawCountersigned"):
        signed = of("DrawCountersigned")[-1]
        found["countersigned"] = {"on": day_in_england(signed["at"]), "equal": signed["equal"]}
    return found


def day_in_england(at):
    """Summer time goes from one in the morning (UTC) of the last Sunday of March to October's."""
    moment = datetime.datetime.fromisoformat(at.replace("Z", "+00:00"))

    def change(month):
        last = datetime.datetime(moment.year, month, 31, 1, tzinfo=datetime.timezone.utc)
        return last - datetime.timedelta(days=(last.weekday() + 1) % 7)

    summer = change(3) <= moment < change(10)
    return str((moment + datetime.timedelta(hours=summer)).date())


def sound(facts, draw, nonce):
    """The nonce is the one that was committed to last before the draw, and gives the seed."""
    committed = [
        data["commitment"] for kind, data in facts
        if kind in ("InspectionAnnounced", "CommitmentRenewed")
    ]
    raw = bytes.fromhex(nonce)
    must(hashlib.sha256(raw).hexdigest() == committed[-1], "another nonce was committed to")
    seed = raw + bytes.fromhex(draw["listDigest"]) + bytes.fromhex(draw.get("beacon", ""))
    must(hashlib.sha256(seed).hexdigest() == draw["seed"], "the seed is another one")
