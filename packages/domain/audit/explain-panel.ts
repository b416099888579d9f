/**
 * What the panel did about a standard and why: the grounds for discretion, what it weighed, its
 * reason, who was present, who voted how, who disagreed; and how people decided ratings.
 */
import { scaleOf } from "../framework/standards.ts";
import { gradesOf } from "../framework/scale.ts";
import type { PeopleStandard } from "../framework/standard.ts";
import { moveOf } from "../ratings/moved.ts";
import type { Dossier, Proposal } from "./dossier.ts";
import { type Results, withResults } from "../briefing/references.ts";
import type { Deliberation, PanelDecision } from "./dossier-panel.ts";
import type { Reading } from "./explain-cases.ts";
import { counted, listed, personName } from "../kernel/wording.ts";
import { byWhom, percentInWords } from "./explain-words.ts";
import { pointsInWords, quoted, triggerInWords } from "./explain-words.ts";
import { type Explanation, node } from "./explanation.ts";
import { erased, is, type RecordedOf, wordOf } from "./recorded.ts";
import { reasonDoubts } from "./reasons.ts";

/** Discretion on a standard judged by cases: exercised, declined, unexplained or not possible. */
export const explainDiscretion = (reading: Reading): Explanation => {
  const { dossier, standard } = reading;
  const deliberation = dossier.deliberations.get(standard.code);
  const decision = deliberation?.decision;
  const grounds = groundsFor(reading);
  const sat = sitting(deliberation, dossier, standard.code);
  if (!decision) return node("discretion", undecidedWords(reading), [], [...grounds, ...sat]);
  return node(
    "discretion",
    decisionWords(decision, reading),
    [decision],
    [...grounds, weighed(reading), ...reasonOf(decision, reading), ...sat],
  );
};

const undecidedWords = ({ board, rules, standard }: Reading): string => {
  if (board.rule === undefined) return "Without a relevant case there was nothing to decide.";
  if (board.triggers.length > 0) {
    return "The panel may use its professional discretion and has not decided whether to.";
  }
  const closed = "Professional discretion was not open to the panel: ";
  if (!rules.discretion?.domains.includes(standard.domain)) {
    return `${closed}the rules have none in this domain.`;
  }
  const { withinPoints, smallSample } = rules.discretion;
  return (
    `${closed}${percentInWords(board.percent ?? 0)} is more than ${withinPoints} points from ` +
    "every boundary, no different judgement in one case would change the rating, and it does not " +
    `rest on ${smallSample} cases or fewer.`
  );
};

const decisionWords = ({ event }: PanelDecision, { board, rules: { scale } }: Reading): string => {
  switch (event.type) {
    case "DiscretionExercised": {
      const { direction } = moveOf(scale, event.from, event.to);
      const how = `${direction}, from ${event.from} to ${event.to}`;
      return `The panel used its professional discretion and moved the rating ${how}.`;
    }
    case "DiscretionDeclined":
      return `The panel could have moved the rating and decided not to: it stayed ${event.rating}.`;
    case "PublishedRatingAdopted": {
      const { bands, direction } = moveOf(scale, event.from, event.to);
      const where = direction === "up" ? "above" : "below";
      return (
        `Unexplained: the published rating, ${event.to}, is ${counted(bands, "band")} ${where} ` +
        `the rule's ${event.from}, and the published report records no discretion and no reason.`
      );
    }
    case "DomainOneDecided":
      return `The panel decided ${event.rating}; the rule gives ${board.rule ?? "none"}.`;
  }
};

const groundsFor = ({ board, rules, dossier, standard }: Reading): readonly Explanation[] =>
  board.triggers.map((met) =>
    node("trigger", rules.discretion ? triggerInWords(met, rules.discretion) : "", [
      dossier.deliberations.get(standard.code)?.considered,
    ]),
  );

/** The numbers that the method asks a panel to weigh. */
const weighed = ({ board, dossier, standard }: Reading): Explanation => {
  const shares = board.keyQuestions.map(({ keyQuestion, yes, relevant, percent }) =>
    percent === undefined
      ? `${keyQuestion} no case`
      : `${keyQuestion} ${yes} of ${relevant} (${percentInWords(percent)})`,
  );
  const spread =
    board.spread === undefined
      ? ""
      : ` The highest and the lowest are ${pointsInWords(board.spread)} apart.`;
  const considered = dossier.deliberations.get(standard.code)?.considered;
  return node("weighed", `It had these numbers before it: ${shares.join(", ")}.${spread}`, [
    considered,
  ]);
};

const reasonOf = (decision: PanelDecision, reading: Reading): readonly Explanation[] => {
  const { event } = decision;
  if (event.type === "PublishedRatingAdopted") return [];
  const typed = wordOf(event.text, "reason");
  if (typed === undefined) return [];
  const reason = withResults(typed, reading.ratings);
  const doubts =
    reason === erased
      ? []
      : reasonDoubts(reason, {
          board: reading.board,
          rules: reading.rules,
          ...(event.type === "DiscretionExercised" && { move: event }),
        });
  return [
    node(
      "reason",
      `The reason recorded: ${quoted(reason)}`,
      [decision],
      doubts.map(({ words }) => node("doubt", `The reason does not fit the numbers: ${words}`)),
    ),
  ];
};

/** Who sat, who stood aside, the scores given before discussion, votes and dissent. */
export const sitting = (
  deliberation: Deliberation | undefined,
  dossier: Dossier,
  standard: string,
): readonly Explanation[] => {
  if (!deliberation) return [];
  const scale = dossier.briefing.framework && scaleOf(dossier.briefing.framework, standard);
  const grades = scale ? gradesOf(scale) : [];
  const { decision, considered, opened, votes, dissent } = deliberation;
  const present =
    decision && "present" in decision.event ? decision.event.present : considered?.event.present;
  const aside = dossier.recusals.filter(
    ({ event }) => event.standards.length === 0 || event.standards.includes(standard),
  );
  return [
    ...dossier.chairs.map(chaired),
    ...(present
      ? [node("present", `Present: ${listed(present.map(personName))}.`, [decision ?? considered])]
      : []),
    ...aside.map((source) =>
      node(
        "present",
        `${personName(source.event.member)} took no part, for a conflict of interest.`,
        [source],
      ),
    ),
    ...tally([...opened.values()], grades, "Scores sealed before discussion and opened together"),
    ...tally([...votes.values()], grades, "Votes"),
    ...[...dissent.values()].map((source) => {
      const reason = wordOf(source.event.text, "reason");
      return node("dissent", `${personName(source.event.member)} disagreed: ${quoted(reason)}`, [
        source,
      ]);
    }),
  ];
};

/** Who chaired, from when, and why the chair was handed over. */
const chaired = (source: Dossier["chairs"][number]): Explanation => {
  const { event } = source;
  if (event.type === "PanelConvened") {
    return node(
      "present",
      `The panel was convened ${byWhom(event)}, with ${personName(event.chair)} in the chair.`,
      [source],
    );
  }
  const reason = quoted(wordOf(event.text, "reason"));
  const words = `${personName(event.to)} took the chair; it was handed over ${byWhom(event)}: ${reason}`;
  return node("present", words, [source]);
};

const tally = (
  scores: readonly RecordedOf<"ScoreOpened" | "VoteCast">[],
  grades: readonly string[],
  title: string,
): readonly Explanation[] => {
  if (scores.length === 0) return [];
  const groups = grades.flatMap((rating) => {
    const members = scores.filter(({ event }) => event.rating === rating);
    return members.length > 0
      ? [
          `${rating} ${members.length} (${members.map(({ event }) => personName(event.member)).join(", ")})`,
        ]
      : [];
  });
  return [node("vote", `${title}: ${groups.join("; ")}.`, scores)];
};

/** A standard that people judge: the proposal with its evidence, and what the panel made of it. */
export const explainPeople = (
  standard: PeopleStandard,
  { dossier, ratings }: { readonly dossier: Dossier; readonly ratings: Results },
): readonly Explanation[] => {
  const deliberation = dossier.deliberations.get(standard.code);
  const proposal = dossier.proposals.get(standard.code);
  const decision = deliberation?.decision;
  return [
    node(
      "rule",
      "It is not counted from cases: the lead inspector proposes a rating from the " +
        "evidence gathered, and the panel confirms it or changes it with a reason.",
      [dossier.announced],
    ),
    ...(proposal
      ? [explainProposal(proposal, dossier)]
      : [node("proposal", "The lead inspector has not proposed a rating yet.")]),
    ...(decision && is(decision, "DomainOneDecided")
      ? [explainDecision(decision, deliberation, { dossier, ratings })]
      : [node("decision", "The panel has not decided it yet.")]),
  ];
};

const explainProposal = ({ source, former }: Proposal, dossier: Dossier): Explanation => {
  const { event } = source;
  const items = counted(event.evidence.length, "item");
  const rationale = wordOf(event.text, "rationale");
  return node(
    "proposal",
    `${event.rating} was proposed ${byWhom(event)}, citing ${items} of evidence: ` +
      quoted(rationale),
    [source],
    [
      ...event.evidence.map((item) => {
        const logged = dossier.evidence.get(item);
        if (!logged) return node("evidence", `${item} is cited and was never logged.`, [source]);
        const { kind, keyQuestions, text } = logged.event;
        const title = quoted(wordOf(text, "title"));
        return node(
          "evidence",
          `${item}, a ${kind.replaceAll("-", " ")} on ${listed(keyQuestions)}: ${title}, ` +
            `logged ${byWhom(logged.event)}.`,
          [logged],
        );
      }),
      ...(former ? [formerProposal(former)] : []),
    ],
  );
};

const formerProposal = ({ source, former }: Proposal): Explanation =>
  node(
    "replaced",
    `It replaced the proposal of ${source.event.rating}, made ${byWhom(source.event)}.`,
    [source],
    former ? [formerProposal(former)] : [],
  );

const explainDecision = (
  decision: RecordedOf<"DomainOneDecided">,
  deliberation: Deliberation | undefined,
  { dossier, ratings }: { readonly dossier: Dossier; readonly ratings: Results },
): Explanation => {
  const { event } = decision;
  const { rating, proposed, standard } = event;
  const reason = wordOf(event.text, "reason");
  const words =
    rating === proposed
      ? `The panel confirmed the proposal, ${rating}.`
      : `The panel changed the proposal from ${proposed} to ${rating}.`;
  return node(
    "decision",
    words,
    [decision],
    [
      ...(reason === undefined
        ? []
        : [
            node("reason", `The reason recorded: ${quoted(withResults(reason, ratings))}`, [
              decision,
            ]),
          ]),
      ...sitting(deliberation, dossier, standard),
    ],
  );
};
