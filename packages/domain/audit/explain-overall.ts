/** The overall rating: the total of the scored standards, its band, what would move it. */
import { gradesOf, placeOf, type Rating } from "../framework/scale.ts";
import type { Framework } from "../framework/document.ts";
import { scaleNamed } from "../framework/standards.ts";
import { type Bands, bandOf } from "../ratings/percent.ts";
import { withResults } from "../briefing/references.ts";
import { counted, listed } from "../kernel/wording.ts";
import { byWhom, quoted } from "./explain-words.ts";
import {
  concludedBy,
  domainNode,
  ratedDomains,
  type Reading,
  standardNode,
} from "./explain-domain.ts";
import { overallRuleInWords } from "./explain-combining.ts";
import { type Explanation, node } from "./explanation.ts";
import { hasScore } from "../ratings/overall.ts";
import type { ComputedStandard } from "./ratings.ts";
import { type RecordedOf, wordOf } from "./recorded.ts";

export type OverallReading = Reading & {
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
      ...(framework.overall?.of === "domains"
        ? ratedDomains(reading).map((domain) => domainNode(domain, reading))
        : ratings.standards.map((each) => standardNode(each, reading, pointsOf(each, framework)))),
      ...(conclusion ? [concludedBy(conclusion)] : []),
    ],
  );
};

const pointsOf = ({ scored, score }: ComputedStandard, framework: Framework): string => {
  if (!scored) return ", which does not count towards the overall rating";
  return hasScore(framework) ? `, ${counted(score ?? 0, "point")}` : "";
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
