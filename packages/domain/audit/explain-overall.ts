/** The overall rating: the total of the scored standards, its band, what would move it. */
import { gradesOf, placeOf, type Rating } from "../framework/scale.ts";
import type { Framework } from "../framework/document.ts";
import { scaleNamed, standardIn } from "../framework/standards.ts";
import { type Bands, bandOf } from "../ratings/percent.ts";
import { withResults } from "../briefing/references.ts";
import type { Dossier } from "./dossier.ts";
import { counted, listed, personName } from "../kernel/wording.ts";
import { byWhom, quoted } from "./explain-words.ts";
import { overallRuleInWords } from "./explain-combining.ts";
import { type Explanation, node } from "./explanation.ts";
import { hasScore } from "../ratings/overall.ts";
import type { ComputedRatings, ComputedStandard } from "./ratings.ts";
import { type RecordedOf, wordOf } from "./recorded.ts";

export type OverallReading = {
  readonly dossier: Dossier;
  readonly framework: Framework;
  readonly ratings: ComputedRatings;
  readonly conclusion: RecordedOf<"RatingsConcluded"> | undefined;
  /** The head of programme's decision, where the rating was withheld. */
  readonly decided: RecordedOf<"OverallDecided"> | undefined;
};

export const explainOverall = (reading: OverallReading): Explanation => {
  const { dossier, framework, ratings, conclusion, decided } = reading;
  const rating = decided ? decided.event.overall : (ratings.overall ?? undefined);
  const scored = ratings.standards.filter((standard) => standard.scored);
  return node(
    "rating",
    overallWords(framework, rating, conclusion !== undefined) +
      (hasScore(framework)
        ? ` The scores of ${counted(scored.length, "standard")} add up to ${ratings.score} of ` +
          `${ratings.maxScore}.`
        : ""),
    [decided ?? conclusion],
    [
      node("rule", overallRuleInWords(framework), [dossier.announced]),
      ...withheld(reading),
      ...(rating ? margin(ratings.score, framework) : []),
      ...ratings.standards.map((standard) => {
        const { label = "" } = standardIn(framework, standard.standard) ?? {};
        const given = standard.rating ?? "not rated";
        const points = !standard.scored
          ? ", which does not count towards the overall rating"
          : hasScore(framework)
            ? `, ${counted(standard.score ?? 0, "point")}`
            : "";
        const words = `${standard.standard} ${label}: ${given}${points}${movedInWords(standard)}.`;
        const source = dossier.deliberations.get(standard.standard);
        return node("score", words, [source?.decision ?? source?.considered]);
      }),
      ...(conclusion ? [concludedBy(conclusion)] : []),
    ],
  );
};

/** What the rule alone would have given, where the rating is another one. */
const movedInWords = ({ judged, rule, rating, discretion }: ComputedStandard): string => {
  if (judged === "by-people" || rule === rating || !rule) return "";
  return discretion === "unexplained"
    ? `; the rule gives ${rule}, and nothing published accounts for that`
    : `; moved from ${rule} by the panel's discretion`;
};

const overallWords = (
  { overall }: Framework,
  rating: Rating | undefined,
  concluded: boolean,
): string => {
  if (!overall) return "This framework has no overall rating.";
  if (!rating) return "There is no overall rating.";
  return concluded
    ? `The overall rating is ${rating}.`
    : `The overall rating would be ${rating}; the panel has not concluded.`;
};

const withheld = ({ ratings, decided }: OverallReading): readonly Explanation[] => {
  const missing = ratings.standards.filter(({ scored, rating }) => scored && !rating);
  const codes = listed(missing.map(({ standard }) => standard));
  const nodes =
    missing.length > 0
      ? [node("caveat", `It is withheld because ${codes} could not be rated.`)]
      : [];
  if (!decided) return nodes;
  const { event } = decided;
  const what = event.overall ? `set it to ${event.overall}` : "left it without a rating";
  const reason = quoted(withResults(wordOf(event.text, "reason") ?? "", ratings));
  const words = `The head of programme ${what}, ${byWhom(event)}: ${reason}`;
  return [...nodes, node("decision", words, [decided])];
};

/** The bands of a total, where the overall rating is a sum. */
const totalBands = (framework: Framework): Bands | undefined => {
  const { overall } = framework;
  return overall?.combine.by === "sum"
    ? { scale: scaleNamed(framework, overall.scale), bands: overall.combine.bands }
    : undefined;
};

/** How far the total stands from the bands beside its own. */
const margin = (score: number, framework: Framework): readonly Explanation[] => {
  const total = totalBands(framework);
  if (!total) return [];
  const grades = gradesOf(total.scale);
  const own = placeOf(total.scale, bandOf(score, total));
  const [lower, rating, higher] = [own - 1, own, own + 1].map((place) => grades[place]);
  const floor = (grade: Rating): number => total.bands[grade] ?? 0;
  const down =
    lower && rating
      ? [`${counted(score - floor(rating) + 1, "point")} fewer would give ${lower}`]
      : [];
  const up = higher ? [`${counted(floor(higher) - score, "point")} more would give ${higher}`] : [];
  return [node("weighed", `${listed([...down, ...up])}.`)];
};

export const concludedBy = (conclusion: RecordedOf<"RatingsConcluded">): Explanation => {
  const { event } = conclusion;
  return node(
    "conclusion",
    `The panel's ratings were concluded ${byWhom(event)}. Present: ${listed(event.present.map(personName))}.`,
    [conclusion],
  );
};
