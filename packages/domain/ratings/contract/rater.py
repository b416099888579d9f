"""Works out ratings as docs/ratings.md says. Python 3, no library."""

import json
import sys
from fractions import Fraction


def percentage(yes, relevant, rounding):
    """100 × yes / relevant in whole numbers or, unrounded, as a fraction."""
    whole, rest = divmod(100 * yes, relevant)
    if rounding == "none":
        return Fraction(100 * yes, relevant)
    if rounding == "down":
        return whole
    if rounding == "half-up":
        return whole + (2 * rest >= relevant)
    if rounding == "half-even":
        return whole + (2 * rest > relevant or (2 * rest == relevant and whole % 2))
    raise ValueError(f"rounding {rounding!r}")


def exact(number):
    return number if isinstance(number, int) else Fraction(str(number))


def ladder(bands):
    """The ratings with their floors, the lowest first: canonical JSON sorts members by name."""
    return sorted(bands.items(), key=lambda band: exact(band[1]))


def band_of(value, bands):
    return [name for name, floor in ladder(bands) if exact(floor) <= value][-1]


def rule_of(counts, ruleset):
    """The rating, the lowest percentage and the key questions that have it."""
    percents = {
        count["keyQuestion"]: percentage(count["yes"], count["relevant"], ruleset["rounding"])
        for count in counts
        if count["relevant"] > 0
    }
    if not percents:
        return None, None, []
    least = min(percents.values())
    deciding = [question for question, percent in percents.items() if percent == least]
    return band_of(least, ruleset["bands"]), least, deciding


def flips_of(counts, ruleset, rule):
    flips = []
    for place, count in enumerate(counts):
        for before, after, change in (("no", "yes", 1), ("yes", "no", -1)):
            turned = {**count, "yes": count["yes"] + change}
            if not 0 <= turned["yes"] <= count["relevant"]:
                continue
            rating = rule_of(counts[:place] + [turned] + counts[place + 1 :], ruleset)[0]
            if rating != rule:
                question = count["keyQuestion"]
                flips.append(
                    {"keyQuestion": question, "from": before, "to": after, "rating": rating}
                )
    return flips


def triggers_of(counts, domain, ruleset):
    discretion = ruleset["discretion"]
    rule, least, deciding = rule_of(counts, ruleset)
    if rule is None or domain not in discretion["domains"]:
        return []
    triggers = []
    floors = [floor for _, floor in ladder(ruleset["bands"])][1:]
    near = [f for f in floors if abs(least - exact(f)) <= exact(discretion["withinPoints"])]
    if near:
        triggers.append({"trigger": "near-boundary", "near": near})
    if flips := flips_of(counts, ruleset, rule):
        triggers.append({"trigger": "one-case", "flips": flips})
    relevant = {count["keyQuestion"]: count["relevant"] for count in counts}
    few = [question for question in deciding if relevant[question] <= discretion["smallSample"]]
    if few:
        triggers.append({"trigger": "small-sample", "keyQuestions": few})
    return triggers


def standard(asked):
    counts, ruleset = asked["counts"], asked["ruleset"]
    rule, least, deciding = rule_of(counts, ruleset)
    triggers = triggers_of(counts, asked["domain"], ruleset)
    answer = {"rule": rule, "lowest": deciding, "triggers": triggers}
    if rule is not None:
        answer["percent"] = least if isinstance(least, int) else float(least)
    return answer


def refusal(asked):
    """Why a panel may not move a rating, or nothing."""
    counts, ruleset = asked["counts"], asked["ruleset"]
    rule = rule_of(counts, ruleset)[0]
    if rule is None:
        return "NotRated"
    if asked["to"] == rule:
        return "NotMoved"
    if not triggers_of(counts, asked["domain"], ruleset):
        return "NotEligible"
    bands = [name for name, _ in ladder(ruleset["bands"])]
    if abs(bands.index(asked["to"]) - bands.index(rule)) > ruleset["discretion"]["maxBands"]:
        return "TooFarMoved"
    return None


def overall(asked):
    scores, ratings = asked["scores"], asked["ratings"]
    score = sum(scores[rating] for rating in ratings.values() if rating is not None)
    missing = [name for name, rating in ratings.items() if rating is None]
    return {
        "score": score,
        "maxScore": max(scores.values()) * len(ratings),
        "notRated": missing,
        "overall": None if missing else band_of(score, asked["overallBands"]),
    }


def answers(asked):
    return {
        "standards": [standard(one) for one in asked["standards"]],
        "moves": [refusal(one) for one in asked["moves"]],
        "overall": [overall(one) for one in asked["overall"]],
    }


if __name__ == "__main__":
    json.dump(answers(json.load(sys.stdin)), sys.stdout)
