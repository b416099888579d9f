/**
 * Why a rating is what it is, from the rating down to each judgement that decided it. Reads one
 * inspection's facts and nothing else; a concluded rating is explained from exactly the facts that
 * it rests on.
 */
import type { FrameworkEvent } from "../announcement/adoption/events.ts";
import type { Standard } from "../framework/standard.ts";
import type { Framework } from "../framework/document.ts";
import { standardsOf } from "../briefing/inspection.ts";
import { provisionalOn } from "../framework/provisional.ts";
import { caseRulesOf, domainCode, scaleNamed } from "../framework/standards.ts";
import { CaseId } from "../kernel/ids.ts";
import { type Boarded, boardOf } from "../panel/board.ts";
import type { RatedStandard } from "../ratings/rate.ts";
import { type Dossier, dossierOf } from "./dossier.ts";
import { explainQuestions, type Reading, type Showing } from "./explain-cases.ts";
import { concludedBy, explainDomain, ratedDomains } from "./explain-domain.ts";
import { explainOverall } from "./explain-overall.ts";
import { explainDiscretion, explainPeople } from "./explain-panel.ts";
import { explainCase } from "./explain-sample.ts";
import { dayInWords } from "../kernel/wording.ts";
import { decidedBy } from "./dossier-panel.ts";
import { combiningInWords } from "./explain-combining.ts";
import { byWhom, ruleInWords } from "./explain-words.ts";
import { type Explanation, node } from "./explanation.ts";
import { basisOf, conclusionsIn } from "./replay.ts";
import { type ComputedRatings, computeStandard, ratingsIn } from "./ratings.ts";
import { is, type Recorded, type RecordedOf } from "./recorded.ts";

/** A standard such as `2.1`, a domain such as `2`, a case such as `c0007`, or `overall`. */
export type Subject = string;

export type WhyOptions = Partial<Showing> & {
  /** Which of the panel's conclusions, 1 being the first; by default the last. */
  readonly conclusion?: number;
  /** How the framework was adopted, where it did not come with Assay. */
  readonly adopted?: Adopted | undefined;
};

type Adopted = {
  readonly stream: string;
  readonly revision: number;
  readonly event: Extract<FrameworkEvent, { type: "FrameworkAdopted" }>;
};

export type WhyRefusal =
  | { readonly reason: "NotAnnounced" }
  | { readonly reason: "NoSuchConclusion"; readonly conclusions: number }
  | { readonly reason: "UnknownStandard"; readonly standards: readonly string[] }
  | { readonly reason: "UnknownCase" };

export type Why =
  | { readonly explained: true; readonly explanation: Explanation }
  | { readonly explained: false; readonly refusal: WhyRefusal };

/** Explains a standard, a case or `overall` from one inspection's facts, in their order. */
export const why = (
  events: readonly Recorded[],
  subject: Subject,
  options: WhyOptions = {},
): Why => {
  const found = readingOf(events, options);
  if ("reason" in found) return { explained: false, refusal: found };
  if (CaseId.safeParse(subject).success) {
    const dossier = dossierOf(events);
    const explanation = explainCase(dossier, subject as CaseId);
    if (!explanation) return no({ reason: "UnknownCase" });
    return explained(withCaveat(explanation, dossier));
  }
  const adoption = adoptionIn(found, options);
  const { framework, ratings } = found;
  if (subject === "overall")
    return explained(withCaveat(explainOverall(found), found.dossier), [
      ...provisionalNodes(framework, subject),
      ...adoption,
    ]);
  const standard = framework.standards.find(
    ({ code }) => code.toLowerCase() === subject.toLowerCase(),
  );
  const domain = ratedDomains(found).find(({ number }) => domainCode(number) === subject);
  if (!standard && domain)
    return explained(withCaveat(explainDomain(domain, found), found.dossier), [
      ...provisionalNodes(framework, subject),
      ...adoption,
    ]);
  if (!standard || !isRated(standard, found)) {
    const standards = [
      ...ratings.standards.map(({ standard: code }) => code),
      ...ratedDomains(found).map(({ number }) => domainCode(number)),
    ];
    return no({ reason: "UnknownStandard", standards });
  }
  return explained(explainStandard(standard, found), [
    ...provisionalNodes(framework, standard.code),
    ...adoption,
  ]);
};

/** Settings behind the rating that the authority has not published. */
const provisionalNodes = (framework: Framework, subject: Subject): readonly Explanation[] =>
  provisionalOn(framework, subject).map(({ what, why: because }) =>
    node("caveat", `Provisional: ${what}. ${because}`),
  );

const explained = (explanation: Explanation, besides: readonly Explanation[] = []): Why => ({
  explained: true,
  explanation: { ...explanation, children: [...explanation.children, ...besides] },
});

/** Who adopted the document that the inspection pinned. */
const adoptionIn = (
  { dossier, framework }: Found,
  { adopted }: WhyOptions,
): readonly Explanation[] =>
  adopted && adopted.event.digest === dossier.announced?.event.framework.digest
    ? [
        node("rule", `The framework “${framework.label}” was adopted ${byWhom(adopted.event)}.`, [
          adopted,
        ]),
      ]
    : [];
const no = (refusal: WhyRefusal): Why => ({ explained: false, refusal });

type Found = {
  readonly dossier: Dossier;
  readonly framework: Framework;
  readonly ratings: ComputedRatings;
  readonly conclusion: RecordedOf<"RatingsConcluded"> | undefined;
  readonly decided: RecordedOf<"OverallDecided"> | undefined;
  readonly showing: Showing;
};

const readingOf = (
  events: readonly Recorded[],
  { conclusion: number, caseText = false }: WhyOptions,
): Found | WhyRefusal => {
  const conclusions = conclusionsIn(events);
  const conclusion = conclusions[(number ?? conclusions.length) - 1];
  if (number !== undefined && !conclusion) {
    return { reason: "NoSuchConclusion", conclusions: conclusions.length };
  }
  const dossier = dossierOf(conclusion ? basisOf(events, conclusion) : events);
  const { framework } = dossier.briefing;
  const ratings = ratingsIn(dossier);
  if (!framework || !ratings) return { reason: "NotAnnounced" };
  const decided = conclusion && decisionAfter(events, conclusion);
  return { dossier, framework, ratings, conclusion, decided, showing: { caseText } };
};

/** The head of programme's last decision on that conclusion, before the next one. */
const decisionAfter = (
  events: readonly Recorded[],
  { stream, revision }: RecordedOf<"RatingsConcluded">,
): RecordedOf<"OverallDecided"> | undefined => {
  let found: RecordedOf<"OverallDecided"> | undefined;
  for (const recorded of events) {
    if (recorded.stream !== stream || recorded.revision <= revision) continue;
    if (is(recorded, "RatingsConcluded")) break;
    if (is(recorded, "OverallDecided")) found = recorded;
  }
  return found;
};

const isRated = (standard: Standard, { dossier }: Found): boolean =>
  standardsOf(dossier.briefing).includes(standard);

const explainStandard = (standard: Standard, found: Found): Explanation => {
  const { dossier, framework, conclusion } = found;
  const { rating, lapsed } = computeStandard(standard, dossier, framework);
  const name = `${standard.code} ${standard.label}`;
  const concluded = rating
    ? `${name} was rated ${rating}.`
    : `${name} could not be rated: no case was relevant.`;
  const provisional = rating
    ? `${name} would be rated ${rating} as things stand; the panel has not concluded.`
    : `${name} has no rating yet.`;
  const given = conclusion ? concluded : provisional;
  const note = lapsed ? " The panel decided on other numbers than those that now hold." : "";
  return node("rating", `${given}${note}`, [conclusion], partsOf(standard, found));
};

const partsOf = (standard: Standard, found: Found): readonly Explanation[] => {
  const { conclusion } = found;
  const closing = conclusion ? [concludedBy(conclusion)] : [];
  if (standard.judged === "by-people") return [...explainPeople(standard, found), ...closing];
  return [...byCases(standard, found), ...closing];
};

const byCases = (
  standard: Boarded,
  { dossier, framework, ratings, showing }: Found,
): readonly Explanation[] => {
  const board = boardOf(standard, dossier, decidedBy(dossier));
  const rules = caseRulesOf(framework, standard);
  const reading: Reading = { dossier, standard, board, rules, ratings, showing };
  return [
    rule(framework, dossier, {
      gives: board.rule ?? "no rating, for want of a case",
      by: howInWords(framework, standard),
    }),
    ...caveat(dossier),
    ...explainQuestions(reading),
    ...explainGrades(standard, board, dossier),
    ...(standard.judged === "by-cases" ? [explainDiscretion(reading)] : []),
  ];
};

/** How a standard that has numbers gets its rating, in words. */
const howInWords = (framework: Framework, standard: Boarded): string =>
  standard.judged === "by-cases"
    ? ruleInWords(caseRulesOf(framework, standard))
    : combiningInWords(
        standard.combine,
        {
          what: "key question",
          scale: scaleNamed(framework, standard.scale),
          result: scaleNamed(framework, standard.scale),
        },
        standard.limits,
      );

/** The grade of each question of a standard that is made of its questions, and who gave it. */
const explainGrades = (
  { keyQuestions }: Boarded,
  { grades = [] }: RatedStandard,
  { deliberations }: Dossier,
): readonly Explanation[] =>
  grades.map(({ keyQuestion, rating }) => {
    const label = keyQuestions.find(({ code }) => code === keyQuestion)?.label ?? "";
    const source = deliberations.get(keyQuestion)?.decision;
    const how = source ? "judged by people" : "by the cases";
    return node("key-question", `${keyQuestion} ${label}: ${rating}, ${how}.`, [source]);
  });

const rule = (
  framework: Framework,
  { announced, briefing }: Dossier,
  { gives, by }: { readonly gives: string; readonly by: string },
): Explanation => {
  // Of a published inspection that is carried through again, that day is made up.
  const since =
    announced && !briefing.reconstruction
      ? `, fixed when the inspection was announced on ${dayInWords(announced.event.referenceDate)}`
      : "";
  return node(
    "rule",
    `By the rule it is ${gives}. The rules are ${framework.ruleset.id} of the framework ` +
      `“${framework.label}”${since}. ${by}`,
    [announced],
  );
};

const withCaveat = (explanation: Explanation, dossier: Dossier): Explanation => ({
  ...explanation,
  children: [...caveat(dossier), ...explanation.children],
});

const caveat = ({ briefing, scheduled }: Dossier): readonly Explanation[] =>
  briefing.reconstruction
    ? [
        node(
          "caveat",
          "This is a published inspection carried through again. Only totals were published: the " +
            "cases and the judgements on each of them are made up to match those totals.",
          [scheduled],
        ),
      ]
    : [];
