"""A second sampler, written from docs/sampling.md alone, in Python's standard library.

Reads a JSON array of draws on its standard input and writes a JSON array of results. A draw has
rows (arrays of twelve columns), fieldworkStart, nonce, settings, and perhaps beacon and overrides.
Python's floats are IEEE 754 doubles and are never fused; directions are found in whole numbers.
"""

import calendar
import hashlib
import json
import math
import sys

from cube import balanced

COLUMNS = [
    "ref", "disposal", "disposalDay", "gender", "ageBand", "ethnicity",
    "rosh", "safety", "manager", "child", "restricted", "workStarted",
]
COURT = {
    "referral-order", "youth-rehabilitation-order", "reparation-order",
    "detention-and-training-order", "section-250", "other-custody",
}


class Numbers:
    """The string of bytes that a seed and a label make, consumed from the front."""

    def __init__(self, seed, label):
        self.seed, self.label = seed, label.encode()
        self.block, self.bytes = 0, b""

    def take(self, count):
        while len(self.bytes) < count:
            message = self.seed + self.block.to_bytes(8, "big") + self.label
            self.bytes += hashlib.sha256(message).digest()
            self.block += 1
        taken, self.bytes = self.bytes[:count], self.bytes[count:]
        return int.from_bytes(taken, "big")

    def below(self, bound):
        limit = 2**32 - 2**32 % bound
        number = self.take(4)
        while number >= limit:
            number = self.take(4)
        return number % bound

    def fraction(self):
        return (self.take(8) >> 11) / 2**53

    def shuffle(self, things):
        order = list(things)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order


def months_before(day, months):
    year, month, date = (int(part) for part in day.split("-"))
    index = year * 12 + month - 1 - months
    year, month = index // 12, index % 12 + 1
    date = min(date, calendar.monthrange(year, month)[1])
    return f"{year:04}-{month:02}-{date:02}"


# Eligibility ----------------------------------------------------------------------------------


def within(cases, first, last):
    def reason(row):
        if row["restricted"]:
            return "restricted"
        if row["disposalDay"] < first or row["disposalDay"] > last:
            return "outside-window"
        return None if row["workStarted"] else "not-started"

    earliest = {}
    for number, row in cases:
        if reason(row):
            continue
        key = (row["child"], row["disposal"]) if row["child"] else number
        if key not in earliest or row["disposalDay"] < earliest[key][1]:
            earliest[key] = (number, row["disposalDay"])
    kept = {number for number, _ in earliest.values()}
    eligible, excluded = [], []
    for number, row in cases:
        why = reason(row) or (None if number in kept else "duplicate")
        if why:
            excluded.append([name(number), why])
        else:
            eligible.append((number, row))
    return eligible, excluded


def name(number):
    return f"c{number:04}"


def finite_size(population, size):
    if population == 0:
        return 0
    z, p, margin = size["z"], size["p"], size["margin"]
    unlimited = (z * z * p * (1 - p)) / (margin * margin)
    return math.ceil(unlimited / (1 + (unlimited - 1) / population))


def draw_population(draw, seed, population, court_size):
    settings, start = draw["settings"], draw["fieldworkStart"]
    override = draw.get("overrides", {}).get(population)
    cases = [
        (number, row)
        for number, row in enumerate(draw["rows"], 1)
        if (row["disposal"] in COURT) == (population == "court")
    ]
    proportion = settings["proportion"]
    follows = (2 * court_size * proportion["outOfCourt"] + proportion["court"]) // (
        2 * proportion["court"]
    )
    in_proportion = population == "outOfCourt" and court_size > 0
    enough = follows if in_proportion else settings["enoughCourtCases"]
    if override is not None:
        enough = override["size"]
    for widened, window in enumerate(settings["windows"][population]):
        first, last = months_before(start, window["to"]), months_before(start, window["from"])
        eligible, excluded = within(cases, first, last)
        if len(eligible) >= enough:
            break
    computed = follows if in_proportion else finite_size(len(eligible), settings["size"])
    wanted = computed if override is None else override["size"]
    size = min(wanted, len(eligible))
    spare = min(-(-size * settings["reservesPercent"] // 100), len(eligible) - size)

    def numbers(purpose):
        return Numbers(seed, f"assay-cube/1/{population}/{purpose}")

    sample = balanced(eligible, size, settings, numbers("sample"))
    drawn = {number for number, _ in sample}
    rest = [each for each in eligible if each[0] not in drawn]
    reserves = balanced(rest, spare, settings, numbers("reserves"))
    ids = "".join(f"{name(number)}\n" for number, _ in eligible)
    return {
        "window": [first, last],
        "widened": widened,
        "eligible": len(eligible),
        "eligibleDigest": hashlib.sha256(ids.encode()).hexdigest(),
        "excluded": excluded,
        "computed": computed,
        "size": size,
        "sample": [name(number) for number, _ in sample],
        "reserves": [name(number) for number, _ in numbers("order").shuffle(reserves)],
    }


def sampled(draw):
    rows = draw["rows"]
    text = "assay-case-list/1\n" + "".join(
        json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows
    )
    digest = hashlib.sha256(text.encode()).digest()
    parts = bytes.fromhex(draw["nonce"]) + digest + bytes.fromhex(draw.get("beacon", ""))
    seed = hashlib.sha256(parts).digest()
    draw = {**draw, "rows": [dict(zip(COLUMNS, row)) for row in rows]}
    court = draw_population(draw, seed, "court", 0)
    out_of_court = draw_population(draw, seed, "outOfCourt", court["size"])
    return {
        "commitment": hashlib.sha256(bytes.fromhex(draw["nonce"])).hexdigest(),
        "listDigest": digest.hex(),
        "seed": seed.hex(),
        "court": court,
        "outOfCourt": out_of_court,
    }


if __name__ == "__main__":
    print(json.dumps([sampled(draw) for draw in json.load(sys.stdin)]))
