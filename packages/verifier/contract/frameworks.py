"""Reads a framework's document, of either format, for record.py. Python 3, no library."""

UNKNOWN = object()


def fact(name):
    return {"name": name, "equals": True}


# What a document of the first format calls the cases that a key question concerns.
RELEVANCE = {
    "all": None,
    "due": None,
    "childSafetyFactors": fact("childSafetyFactors"),
    "othersSafetyFactors": {"not": {"name": "inspectorRosh", "equals": "low"}},
    "desistanceChanged": fact("desistanceChanged"),
    "safetyChanged": fact("safetyChanged"),
    "harmChanged": fact("harmChanged"),
    "youthConditionalCaution": {"name": "disposal", "equals": "youth-conditional-caution"},
}


def read(document, kind):
    """The document as one of the second format, for one kind of inspection."""
    framework = document if "format" in document else second_format(document)
    kinds = framework.get("kinds", [])
    chosen = next((one for one in kinds if one["id"] == kind), kinds[0] if kinds else {})
    rated = chosen.get("domains")
    standards = [one for one in framework["standards"] if not rated or one["domain"] in rated]
    return {**framework, "standards": standards}


def second_format(document):
    rules = document["ruleset"]
    points = sorted(rules["scores"].items(), key=lambda score: score[1])
    grades = [{"label": label, "points": count} for label, count in points]
    combine = {"by": "sum", "bands": rules["overallBands"]}
    return {
        "id": document["id"],
        "scales": [{"id": "ratings", "grades": grades}],
        "caseBands": {"ratings": rules["bands"]},
        "domains": document["domains"],
        "standards": [{**one, "scale": "ratings", "keyQuestions": questions(one)}
                      for one in document["standards"]],
        "overall": {"scale": "ratings", "of": "standards", "combine": combine,
                    "unrated": "withhold"},
        "ruleset": rules,
    }


def questions(standard):
    shared = {"judged": standard["judged"], "population": standard.get("population")}
    return [
        {**one, **shared, "relevance": {"where": RELEVANCE[one["relevance"]]}}
        if standard["judged"] == "by-cases" else {**one, **shared}
        for one in standard["keyQuestions"]
    ]


def scale_of(framework, name):
    return next(scale for scale in framework["scales"] if scale["id"] == name)


def rules_for(framework, standard):
    """The ruleset by which a standard's cases are rated, as rater.py takes it."""
    rules = framework["ruleset"]
    never = {"domains": [], "withinPoints": -1, "smallSample": 0, "maxBands": 0}
    return {
        "rounding": rules["rounding"],
        "bands": framework["caseBands"].get(standard["scale"]),
        "discretion": rules.get("discretion", never),
    }


def holds(condition, values):
    """Whether the condition holds; nothing where that rests on a list that is not shown."""
    if "all" in condition or "any" in condition:
        every = "all" in condition
        found = [holds(one, values) for one in condition["all" if every else "any"]]
        if (not every) in found:
            return not every
        return None if None in found else every
    if "not" in condition:
        inner = holds(condition["not"], values)
        return None if inner is None else not inner
    value = values.get(condition["name"], UNKNOWN)
    if value is UNKNOWN:
        return None
    return value == condition["equals"] if "equals" in condition else value in condition["oneOf"]


def concerns(question, scope):
    """Whether a key question concerns a case of its population."""
    if question["code"] in {one["keyQuestion"] for one in scope["notDue"]}:
        return False
    where = question["relevance"].get("where")
    return True if where is None else holds(where, scope["facts"])
