"""Draws the sample of an inspection again, as docs/sampling.md says. Python 3, no library."""

import hashlib
import json
import math
import sys

import cube

COURT = {
    "referral-order",
    "youth-rehabilitation-order",
    "reparation-order",
    "detention-and-training-order",
    "section-250",
    "other-custody",
}
COLUMNS = (
    "ref disposal disposalDay gender ageBand ethnicity rosh safety manager child restricted"
    " workStarted"
).split()


class Stream:
    """A string of bytes for one purpose, consumed from the front."""

    def __init__(self, seed, label):
        self.seed, self.label = seed, label.encode()
        self.block, self.bytes = 0, b""

    def take(self, count):
        while len(self.bytes) < count:
            counter = self.block.to_bytes(8, "big")
            self.bytes += hashlib.sha256(self.seed + counter + self.label).digest()
            self.block += 1
        taken, self.bytes = self.bytes[:count], self.bytes[count:]
        return taken

    def below(self, bound):
        limit = 2**32 // bound * bound
        while (number := int.from_bytes(self.take(4), "big")) >= limit:
            pass
        return number % bound

    def fraction(self):
        return (int.from_bytes(self.take(8), "big") >> 11) / 2**53

    def shuffled(self, things):
        things = list(things)
        for place in range(len(things) - 1, 0, -1):
            other = self.below(place + 1)
            things[place], things[other] = things[other], things[place]
        return things


# Who is eligible, and how many are drawn.


def line_of(row):
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def list_digest(rows):
    lines = ["assay-case-list/1"] + [line_of(row) for row in rows]
    return hashlib.sha256("".join(line + "\n" for line in lines).encode()).digest()


def months_before(day, months):
    year, month, date = (int(part) for part in day.split("-"))
    year, month = divmod(year * 12 + month - 1 - months, 12)
    month += 1
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return f"{year:04d}-{month:02d}-{min(date, last):02d}"


def sort_out(cases, window):
    """The eligible cases, and why each other one is excluded."""
    reasons, alike = {}, {}
    for case in cases:
        if case["restricted"]:
            reasons[case["id"]] = "restricted"
        elif not window[0] <= case["disposalDay"] <= window[1]:
            reasons[case["id"]] = "outside-window"
        elif not case["workStarted"]:
            reasons[case["id"]] = "not-started"
        elif case["child"] != "":
            alike.setdefault((case["child"], case["disposal"]), []).append(case)
    for group in alike.values():
        kept = min(group, key=lambda case: case["disposalDay"])
        for case in group:
            if case is not kept:
                reasons[case["id"]] = "duplicate"
    eligible = [case for case in cases if case["id"] not in reasons]
    return eligible, [[case["id"], reasons[case["id"]]] for case in cases if case["id"] in reasons]


def court_size(settings, eligible):
    if eligible == 0:
        return 0
    size = settings["size"]
    z, p, e = size["z"], size["p"], size["margin"]
    first = ((z * z) * p * (1 - p)) / (e * e)
    return math.ceil(first / (1 + (first - 1) / eligible))


def share_of(settings, court):
    parts = settings["proportion"]
    return (2 * court * parts["outOfCourt"] + parts["court"]) // (2 * parts["court"])


def draw_population(name, cases, target, size_of, settings, override, start, seed):
    enough = override["size"] if override else target
    for widened, window in enumerate(settings["windows"][name]):
        days = [months_before(start, window["to"]), months_before(start, window["from"])]
        eligible, excluded = sort_out(cases, days)
        if len(eligible) >= enough:
            break
    computed = size_of(len(eligible))
    size = min(override["size"] if override else computed, len(eligible))

    def drawn(among, count, purpose):
        stream = Stream(seed, f"assay-cube/1/{name}/{purpose}")
        drawing = cube.Draw(among, count, settings["maxPerCaseManager"], settings["balancedOn"], stream)
        return [among[i] for i in drawing.sampled()]

    sample = drawn(eligible, size, "sample")
    taken = {case["id"] for case in sample}
    rest = [case for case in eligible if case["id"] not in taken]
    spare = min(-(-size * settings["reservesPercent"] // 100), len(rest))
    reserves = Stream(seed, f"assay-cube/1/{name}/order").shuffled(drawn(rest, spare, "reserves"))
    names = "".join(case["id"] + "\n" for case in eligible)
    return {
        "window": days,
        "widened": widened,
        "eligible": len(eligible),
        "eligibleDigest": hashlib.sha256(names.encode()).hexdigest(),
        "excluded": excluded,
        "computed": computed,
        "size": size,
        "sample": [case["id"] for case in sample],
        "reserves": [case["id"] for case in reserves],
    }


def draw(asked):
    settings, overrides = asked["settings"], asked.get("overrides", {})
    nonce, beacon = bytes.fromhex(asked["nonce"]), bytes.fromhex(asked.get("beacon") or "")
    digest = list_digest(asked["rows"])
    seed = hashlib.sha256(nonce + digest + beacon).digest()
    cases = [
        dict(zip(COLUMNS, row), id=f"c{number:04d}")
        for number, row in enumerate(asked["rows"], 1)
    ]
    answer = {
        "commitment": hashlib.sha256(nonce).hexdigest(),
        "listDigest": digest.hex(),
        "seed": seed.hex(),
    }
    start, enough = asked["fieldworkStart"], settings["enoughCourtCases"]
    court = draw_population(
        "court", [case for case in cases if case["disposal"] in COURT], enough,
        lambda n: court_size(settings, n), settings, overrides.get("court"), start, seed)
    share = share_of(settings, court["size"])
    other = draw_population(
        "outOfCourt", [case for case in cases if case["disposal"] not in COURT],
        share if court["size"] else enough,
        (lambda n: share) if court["size"] else (lambda n: court_size(settings, n)),
        settings, overrides.get("outOfCourt"), start, seed)
    return {**answer, "court": court, "outOfCourt": other}


if __name__ == "__main__":
    json.dump([draw(asked) for asked in json.load(sys.stdin)], sys.stdout)
