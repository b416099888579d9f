"""Makes one grade of several, as docs/ratings.md says. Python 3, no library."""

import math
from fractions import Fraction

from rater import band_of


def places(scale):
    return [grade["label"] for grade in scale["grades"]]


def points_of(scale, rating):
    return next(grade["points"] for grade in scale["grades"] if grade["label"] == rating)


def most_points(scale):
    return max(grade["points"] for grade in scale["grades"])


def combine(parts, how, scale, unrated, bands_for=None):
    """The grade, or nothing where people decide it or it is withheld. Parts: code, scale, rating."""
    rated = [part for part in parts if part[2] is not None]
    if not rated or (unrated == "withhold" and len(rated) < len(parts)):
        return None
    grades = places(scale)
    found = by_way(rated, how["combine"], grades, bands_for or possible(parts))
    limits = [one["atMost"] for one in how.get("limits", []) if all_hold(one["where"], rated)]
    return found and min([found, *limits], key=grades.index)


def possible(parts):
    return sum(most_points(scale) for _, scale, _ in parts)


def by_way(rated, way, grades, bands_for):
    points = sum(points_of(scale, rating) for _, scale, rating in rated)
    most = possible(rated)
    if way["by"] == "people":
        return None
    if way["by"] == "lowest":
        return min((rating for _, _, rating in rated), key=grades.index)
    if way["by"] == "first-rule":
        fitting = (rule["grade"] for rule in way["rules"] if all_hold(rule["where"], rated))
        return next(fitting, way["otherwise"])
    if way["by"] == "sum":
        return band_of(Fraction(points * bands_for, most), way["bands"])
    share = Fraction(points, len(rated)) if way["by"] == "mean" else Fraction(100 * points, most)
    return band_of(rounded(share, way["rounding"]), way["bands"])


def rounded(value, rounding):
    if rounding == "none":
        return value
    return math.floor(value if rounding == "down" else value + Fraction(1, 2))


def all_hold(counts, rated):
    return all(holds(count, rated) for count in counts)


def holds(count, rated):
    found = sum(
        rating in count["grades"] and ("of" not in count or code in count["of"])
        for code, _, rating in rated
    )
    least = count.get("atLeast", 0 if "atMost" in count else 1)
    return least <= found <= count.get("atMost", math.inf)
