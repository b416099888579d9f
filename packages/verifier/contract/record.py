"""Works out ratings from the facts of an audit bundle, as docs/ratings.md says."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "domain/ratings/contract"))

import combining
import frameworks
import rater


class Wrong(Exception):
    pass


def must(holds, words):
    if not holds:
        raise Wrong(words)


class Case:
    def __init__(self):
        self.relevant, self.answers, self.state = [], {}, "open"


class Record:
    """What the facts so far amount to. A method bears the name of the fact that it takes in."""

    def __init__(self, document):
        self.document, self.kind, self.unrated = document, None, []
        self.cases, self.sample, self.conclusions = {}, {}, []
        self.considered, self.decisions = {}, {}

    def follow(self, place):
        """Takes a fact in; where a rating rests on it, it has to say what follows."""
        take = getattr(self, place["type"], None)
        if take:
            take(place["data"])

    # The inspection.

    def InspectionScheduled(self, data):
        self.kind = data.get("kind")
        self.unrated = data.get("reconstruction", {}).get("unrated", [])

    def InspectionAnnounced(self, data):
        self.framework = frameworks.read(self.document, self.kind)
        self.standards = {one["code"]: one for one in self.framework["standards"]}

    def SampleDrawn(self, data):
        for name, population in data["draw"]["populations"].items():
            for case in population["sample"]:
                self.sample[case] = name

    def CaseReplaced(self, data):
        self.sample[data["replacement"]] = self.sample.pop(data["case"])

    def CaseWithdrawn(self, data):
        self.sample.pop(data["case"])

    # Cases.

    def case(self, data):
        return self.cases.setdefault(data["case"], Case())

    def ScopeRecorded(self, data):
        scope = data["scope"]
        if "changed" in scope:  # as the first version of the fact had it
            changed = {f"{name}Changed": value for name, value in scope["changed"].items()}
            scope = {"facts": {**scope, **changed}, "notDue": scope["notDue"]}
        relevant, own = data["relevant"], self.sample.get(data["case"])
        known = set()
        for standard in self.framework["standards"]:
            for question in standard["keyQuestions"]:
                if question["judged"] != "by-cases" or question["population"] != own:
                    continue
                code, concerns = question["code"], frameworks.concerns(question, scope)
                known.add(code)
                must(concerns is None or concerns == (code in relevant),
                     f"{code} {'concerns' if concerns else 'does not concern'} {data['case']}")
        must(set(relevant) <= known, f"{data['case']} is asked what does not concern it")
        self.case(data).relevant = relevant

    def JudgementRecorded(self, data):
        self.case(data).answers[data["question"]] = data["answer"]

    def JudgementWithdrawn(self, data):
        self.case(data).answers.pop(data["question"], None)

    def AssessmentCompleted(self, data):
        case = self.case(data)
        missing = [code for code in case.relevant if case.answers.get(code) not in ("yes", "no")]
        must(not missing, f"{data['case']}: {missing} have no answer")
        case.state = "completed"

    def AssessmentReturned(self, data):
        self.case(data).state = "open"

    def AssessmentReopened(self, data):
        self.case(data).state = "open"

    def AssessmentConfirmed(self, data):
        must(self.case(data).state == "completed", f"{data['case']} was not completed")
        self.case(data).state = "confirmed"

    # The panel.

    def counts(self, standard):
        counts = []
        for question in standard["keyQuestions"]:
            if question["judged"] != "by-cases":
                continue
            code = question["code"]
            files = [self.cases[case] for case, population in self.sample.items()
                     if population == question["population"] and case in self.cases]
            answers = [file.answers.get(code) for file in files if code in file.relevant]
            yes, no = answers.count("yes"), answers.count("no")
            counts.append({"keyQuestion": code, "relevant": yes + no, "yes": yes})
        return counts

    def board(self, code):
        """The counts, what rater.py is asked, and what a conclusion says of the standard."""
        standard = self.standards[code]
        counts, rules = self.counts(standard), frameworks.rules_for(self.framework, standard)
        asked = {"counts": counts, "domain": standard["domain"], "ruleset": rules}
        said = []
        for count in counts:
            if count["relevant"]:
                share = rater.percentage(count["yes"], count["relevant"], rules["rounding"])
                count = {**count, "percent": share if isinstance(share, int) else float(share)}
            said.append(count)
        if standard["judged"] == "by-questions":
            return asked, {"keyQuestions": said, "triggers": [], **self.combined(standard, asked)}
        rated = rater.standard(asked)
        board = {"keyQuestions": said, "triggers": [one["trigger"] for one in rated["triggers"]]}
        return asked, {**board, **({"rule": rated["rule"]} if rated["rule"] else {})}

    def combined(self, standard, asked):
        own = frameworks.scale_of(self.framework, standard["scale"])
        counts, parts = {one["keyQuestion"]: one for one in asked["counts"]}, []
        for question in standard["keyQuestions"]:
            code = question["code"]
            if question["judged"] == "by-cases":
                parts.append((code, own, rater.rule_of([counts[code]], asked["ruleset"])[0]))
            elif "scale" in question:
                scale = frameworks.scale_of(self.framework, question["scale"])
                parts.append((code, scale, self.decisions.get(code, (None, None))[1]))
        rule = combining.combine(parts, standard, own, "withhold")
        grades = [{"keyQuestion": code, "rating": rating} for code, _, rating in parts if rating]
        return {"grades": grades, **({"rule": rule} if rule else {})}

    def StandardConsidered(self, data):
        code = data["standard"]
        asked, board = self.board(code)
        for name in ("keyQuestions", "triggers", "rule"):
            must(data.get(name) == board.get(name), f"{name} of {code} has to be {board.get(name)}")
        self.considered[code] = asked["counts"]
        self.decisions.pop(code, None)

    def weighed(self, data, rating):
        """A decision needs a trigger, and the very numbers that the panel considered."""
        asked, board = self.board(data["standard"])
        must(self.considered.get(data["standard"]) == asked["counts"], "it was not considered")
        must(board["triggers"], f"{data['standard']} has no trigger")
        must(data["triggers"] == board["triggers"], f"its triggers are {board['triggers']}")
        must(rating == board["rule"], f"{data['standard']} is {board['rule']} by rule")
        return asked

    def DiscretionDeclined(self, data):
        self.weighed(data, data["rating"])
        self.decisions[data["standard"]] = ("rule", data["rating"])

    def moved(self, data, decided_by):
        asked = self.weighed(data, data["from"])
        refusal = rater.refusal({**asked, "to": data["to"]})
        must(refusal is None, f"{data['standard']} may not be {data['to']}: {refusal}")
        self.decisions[data["standard"]] = (decided_by, data["to"])

    def DiscretionExercised(self, data):
        self.moved(data, "discretion")

    def PublishedRatingAdopted(self, data):
        self.moved(data, "adopted")

    def DomainOneDecided(self, data):
        self.decisions[data["standard"]] = ("panel", data["rating"])

    def PanelReconvened(self, data):
        for code in data["standards"]:
            self.considered.pop(code, None)
            self.decisions.pop(code, None)

    def RatingsConcluded(self, data):
        for case in self.sample:
            must(case in self.cases and self.cases[case].state == "confirmed",
                 f"{case} is not confirmed")
        ratings = self.concluded([one["standard"] for one in data["standards"]])
        for name in ("framework", "standards", "score", "maxScore", "overall"):
            must(data.get(name) == ratings.get(name), f"{name} has to be {ratings.get(name)}")
        must(data["rounding"] == self.framework["ruleset"]["rounding"], "rounding")
        self.conclusions.append(ratings)

    def concluded(self, codes):
        """All standards are rated but those that rest on the list or that no report rated."""
        for code, standard in self.standards.items():
            if "appliesWhere" not in standard and code not in self.unrated:
                must(code in codes, f"{code} is missing")
        must(codes == [code for code in self.standards if code in codes], "other standards")
        found = [self.conclusion(self.standards[code]) for code in codes]
        ratings = {one["standard"]: one.get("rating") for one in found}
        scored = [one["standard"] for one in found if one["scored"]]
        overall = self.overall(ratings, scored, codes)
        return {
            "framework": self.framework["id"],
            "standards": found,
            "score": sum(one.get("score", 0) for one in found),
            "maxScore": combining.possible(self.parts(ratings, scored)),
            **({"overall": overall} if overall else {}),
        }

    def conclusion(self, standard):
        code, scored = standard["code"], standard["scored"]
        asked, board = None, {"keyQuestions": [], "triggers": []}
        if standard["judged"] != "by-people":
            asked, board = self.board(code)
        if board["keyQuestions"]:
            must(self.considered.get(code) == asked["counts"], f"{code} was not considered")
        ruled = "rule" if "rule" in board else "not-rated"
        decided_by, rating = self.decisions.get(code, (ruled, board.get("rule")))
        people = standard["judged"] == "by-people"
        must(code in self.decisions or not (people or board["triggers"]), f"{code} is not decided")
        one = {"decidedBy": decided_by, "scored": scored, "standard": code, **board}
        if rating is None:
            return one
        scale = frameworks.scale_of(self.framework, standard["scale"])
        must(rating in combining.places(scale), f"{rating} is no grade of {code}")
        score = {"score": combining.points_of(scale, rating)} if scored else {}
        return {**one, "rating": rating, **score}

    def parts(self, ratings, codes):
        return [(code, frameworks.scale_of(self.framework, self.standards[code]["scale"]),
                 ratings.get(code)) for code in codes]

    def overall(self, ratings, scored, codes):
        how = self.framework.get("overall")
        if how is None:
            return None
        scale = frameworks.scale_of(self.framework, how["scale"])
        if how["of"] == "standards":
            all_scored = [one["code"] for one in self.standards.values() if one["scored"]]
            bands_for = combining.possible(self.parts({}, all_scored))
            parts = self.parts(ratings, scored)
            return combining.combine(parts, how, scale, how["unrated"], bands_for)
        parts = []
        for domain in self.framework["domains"]:
            own = [code for code in codes if self.standards[code]["domain"] == domain["number"]]
            if "rating" in domain and own:
                rule = domain["rating"]
                graded = frameworks.scale_of(self.framework, rule["scale"])
                rating = combining.combine(self.parts(ratings, own), rule, graded, "withhold")
                parts.append((str(domain["number"]), graded, rating))
        return combining.combine(parts, how, scale, how["unrated"])
