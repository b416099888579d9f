/** The rating of a whole domain: its rule, its limits, its standards, and what people decided. */
import type { Framework } from "../framework/document.ts";
import { domainCode, domainsOf, scaleNamed, standardIn } from "../framework/standards.ts";
import { standardsOf } from "../briefing/inspection.ts";
import { combiningInWords } from "./explain-combining.ts";
import { explainPeople } from "./explain-panel.ts";
import { type Explanation, node } from "./explanation.ts";
import type { ComputedRatings, ComputedStandard } from "./ratings.ts";
import { listed, personName } from "../kernel/wording.ts";
import { byWhom } from "./explain-words.ts";
import type { Dossier } from "./dossier.ts";
import type { RecordedOf } from "./recorded.ts";

type Domain = Framework["domains"][number];
export type Reading = {
  readonly dossier: Dossier;
  readonly framework: Framework;
  readonly ratings: ComputedRatings;
  readonly conclusion: RecordedOf<"RatingsConcluded"> | undefined;
};

/** The domains that have a rating of their own in this inspection. */
export const ratedDomains = ({ framework, ratings }: Reading): readonly Domain[] =>
  framework.domains.filter(({ number }) => ratings.domains.some(({ domain }) => domain === number));

export const explainDomain = (domain: Domain, reading: Reading): Explanation => {
  const { dossier, framework, ratings, conclusion } = reading;
  const { number, label } = domain;
  const { rating, atMost } = ratings.domains.find((each) => each.domain === number)!;
  const name = `Domain ${number}, ${label},`;
  const rated = conclusion
    ? `${name} was rated ${rating}.`
    : `${name} would be rated ${rating} as things stand; the panel has not concluded.`;
  const judged = domainsOf(framework, standardsOf(dossier.briefing)).find(
    ({ code }) => code === domainCode(number),
  );
  const own = judged?.standard.judged === "by-people" ? judged.standard : undefined;
  return node(
    "rating",
    rating ? rated : `${name} has no rating.`,
    [conclusion],
    [
      node("rule", domainRuleInWords(domain, framework), [dossier.announced]),
      ...(atMost
        ? [node("weighed", `With these ratings its limits leave it no better than ${atMost}.`)]
        : []),
      ...(own ? explainPeople(own, { dossier, ratings }) : []),
      ...standardsIn(number, reading),
      ...(conclusion ? [concludedBy(conclusion)] : []),
    ],
  );
};

/** The domain in one line, with its standards: a part of what the overall rating is made of. */
export const domainNode = ({ number, label }: Domain, reading: Reading): Explanation => {
  const found = reading.ratings.domains.find(({ domain }) => domain === number);
  const words = `Domain ${number} ${label}: ${found?.rating ?? "not rated"}.`;
  const source = reading.dossier.deliberations.get(domainCode(number))?.decision;
  return node("score", words, [source], standardsIn(number, reading));
};

const standardsIn = (number: number, reading: Reading): readonly Explanation[] =>
  reading.ratings.standards
    .filter(({ standard }) => standardIn(reading.framework, standard)?.domain === number)
    .map((standard) => standardNode(standard, reading));

/** A standard in one line. `points`: what it adds to a total, where there is one. */
export const standardNode = (
  standard: ComputedStandard,
  { framework, dossier }: Reading,
  points = "",
): Explanation => {
  const { label = "" } = standardIn(framework, standard.standard) ?? {};
  const given = standard.rating ?? "not rated";
  const words = `${standard.standard} ${label}: ${given}${points}${movedInWords(standard)}.`;
  const source = dossier.deliberations.get(standard.standard);
  return node("score", words, [source?.decision ?? source?.considered]);
};

/** What the rule alone would have given, where the rating is another one. */
const movedInWords = ({ judged, rule, rating, discretion }: ComputedStandard): string => {
  if (judged === "by-people" || rule === rating || !rule) return "";
  return discretion === "unexplained"
    ? `; the rule gives ${rule}, and nothing published accounts for that`
    : `; moved from ${rule} by the panel's discretion`;
};

export const concludedBy = (conclusion: RecordedOf<"RatingsConcluded">): Explanation => {
  const { event } = conclusion;
  return node(
    "conclusion",
    `The panel's ratings were concluded ${byWhom(event)}. Present: ${listed(event.present.map(personName))}.`,
    [conclusion],
  );
};

const domainRuleInWords = ({ number, rating }: Domain, framework: Framework): string => {
  const [first] = framework.standards.filter(({ domain }) => domain === number);
  const result = scaleNamed(framework, rating!.scale);
  const scale = first ? scaleNamed(framework, first.scale) : result;
  const parts = { what: "standard", scale, result };
  return combiningInWords(rating!.combine, parts, rating!.limits);
};
