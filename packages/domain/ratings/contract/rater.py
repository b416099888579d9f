"""A second rater, written from docs/ratings.md alone, in Python's standard library.

Reads the three lists of the test vectors on its standard input, without their answers, and writes
the answers to each.
"""

import json
import sys
from fractions import Fraction

RATINGS = ["Inadequate", "Requires improvement", "Good", "Outstanding"]


def percent_of(relevant, yes, rounding):
    exact = Fraction(100 * yes, relevant)
    whole = exact.numerator // exact.denominator
    rest = exact - whole
    if rounding == "none":
        return exact
    if rounding == "down" or rest < Fraction(1, 2):
        return Fraction(whole)
    if rest > Fraction(1, 2) or rounding == "half-up":
        return Fraction(whole + 1)
    return Fraction(whole + whole % 2)


def band_of(value, floors):
    return [rating for rating in RATINGS if floors[rating] <= value][-1]


def number(exact):
    return exact.numerator if exact.denominator == 1 else float(exact)


def rule_of(counts, ruleset):
    percents = [
        percent_of(each["relevant"], each["yes"], ruleset["rounding"])
        for each in counts
        if each["relevant"]
    ]
    return band_of(min(percents), ruleset["bands"]) if percents else None


def flips(counts, rule, ruleset):
    found = []
    for i, count in enumerate(counts):
        for start, to, change in (("no", "yes", 1), ("yes", "no", -1)):
            yes = count["yes"] + change
            if not 0 <= yes <= count["relevant"]:
                continue
            rating = rule_of(counts[:i] + [{**count, "yes": yes}] + counts[i + 1 :], ruleset)
            if rating != rule:
                question = count["keyQuestion"]
                found.append({"keyQuestion": question, "from": start, "to": to, "rating": rating})
    return found


def rated(asked):
    ruleset, counts = asked["ruleset"], asked["counts"]
    discretion = ruleset["discretion"]
    percents = {
        each["keyQuestion"]: percent_of(each["relevant"], each["yes"], ruleset["rounding"])
        for each in counts
        if each["relevant"]
    }
    if not percents:
        return {"rule": None, "lowest": [], "triggers": []}
    lowest = min(percents.values())
    deciding = [each for each in counts if percents.get(each["keyQuestion"]) == lowest]
    rule = band_of(lowest, ruleset["bands"])
    triggers = []
    if asked["domain"] in discretion["domains"]:
        floors = [ruleset["bands"][rating] for rating in RATINGS[1:]]
        near = [f for f in floors if abs(lowest - f) <= discretion["withinPoints"]]
        turned = flips(counts, rule, ruleset)
        small = [e["keyQuestion"] for e in deciding if e["relevant"] <= discretion["smallSample"]]
        if near:
            triggers.append({"trigger": "near-boundary", "near": near})
        if turned:
            triggers.append({"trigger": "one-case", "flips": turned})
        if small:
            triggers.append({"trigger": "small-sample", "keyQuestions": small})
    return {
        "rule": rule,
        "percent": number(lowest),
        "lowest": [each["keyQuestion"] for each in deciding],
        "triggers": triggers,
    }


def moved(asked):
    found = rated(asked)
    if found["rule"] is None:
        return "NotRated"
    if found["rule"] == asked["to"]:
        return "NotMoved"
    if not found["triggers"]:
        return "NotEligible"
    bands = abs(RATINGS.index(asked["to"]) - RATINGS.index(found["rule"]))
    return "TooFarMoved" if bands > asked["ruleset"]["discretion"]["maxBands"] else None


def overall(asked):
    scores, ratings = asked["scores"], asked["ratings"]
    missing = [standard for standard, rating in ratings.items() if rating is None]
    score = sum(scores[rating] for rating in ratings.values() if rating is not None)
    return {
        "score": score,
        "maxScore": len(ratings) * max(scores.values()),
        "notRated": missing,
        "overall": None if missing else band_of(score, asked["overallBands"]),
    }


if __name__ == "__main__":
    given = json.load(sys.stdin)
    functions = {"standards": rated, "moves": moved, "overall": overall}
    answers = {name: [functions[name](each) for each in given[name]] for name in functions}
    print(json.dumps(answers))
