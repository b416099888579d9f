/**
 * The other findings of an audit in words: a difference, a supposition, a published report. Each
 * becomes a tree like an explanation's, so that one renderer writes them all.
 */
import type { Rating } from "../framework/scale.ts";
import type { Instant } from "../kernel/instants.ts";
import { counted, listed, personName } from "../kernel/wording.ts";
import type { Trigger } from "../panel/events.ts";
import type { PublishedProblem } from "../ratings/moved.ts";
import type { Act, ChangedStandard, Difference } from "./difference.ts";
import {
  answerInWords,
  momentInWords,
  percentInWords,
  quoted,
  standingInWords,
} from "./explain-words.ts";
import { type Explanation, node } from "./explanation.ts";
import type { AuditedSample, AuditedStandard, AuditedTotal, PublishedAudit } from "./published.ts";
import type { ComputedStandard, Lowest } from "./ratings.ts";
import type { Hypothesis } from "./what-if.ts";

const given = (rating: Rating | null): string => rating ?? "not rated";

const triggersInWords = (triggers: readonly Trigger[]): string =>
  triggers.length > 0 ? ` Grounds for discretion: ${listed(triggers)}.` : "";

const lowestInWords = (lowest: Lowest | null): string => {
  if (!lowest) return "";
  const { keyQuestion, yes, relevant, percent } = lowest;
  return ` Lowest: ${keyQuestion}, ${yes} of ${relevant} (${percentInWords(percent)}).`;
};

const shareInWords = (lowest: Lowest | null): string =>
  lowest ? ` Lowest: ${lowest.keyQuestion}, ${percentInWords(lowest.percent)}.` : "";

/** What changed, by whom, and what it did to which rating. */
export const tellDifference = (found: Difference): Explanation => {
  const { answers, scopes, sample, standards, score, overall } = found;
  const total =
    score.before === score.after && overall.before === overall.after
      ? "The total did not change."
      : `The total went from ${score.before ?? "none"} (${given(overall.before)}) ` +
        `to ${score.after ?? "none"} (${given(overall.after)}).`;
  const changes = [
    ...(answers.length > 0 ? [counted(answers.length, "answer")] : []),
    ...(scopes.length > 0 ? [counted(scopes.length, "scope")] : []),
    ...(standards.length > 0 ? [counted(standards.length, "standard")] : []),
  ];
  return node(
    "rating",
    `${listed(changes) || "Nothing that bears on a rating"} changed. ${total}`,
    [],
    [
      ...standards.map(changedInWords),
      ...answers.map(({ case: id, question, from, to, act }) => {
        const was = from ? `“${answerInWords[from]}”` : "no answer";
        const is = to ? `“${answerInWords[to]}”` : "no answer";
        const words = `Case ${id}, ${question}: from ${was} to ${is}${actInWords(act)}.`;
        return node("judgement", words, [act ?? undefined]);
      }),
      ...scopes.map(({ case: id, act }) =>
        node("excluded", `Case ${id}: another scope${actInWords(act)}.`, [act ?? undefined]),
      ),
      ...sample.left.map((id) => node("sample", `Case ${id} left the sample.`)),
      ...sample.joined.map((id) => node("sample", `Case ${id} joined the sample.`)),
    ],
  );
};

const actInWords = (act: Act | null): string =>
  act ? `, by ${personName(act.by)} on ${momentInWords(act.at as Instant)}` : "";

const changedInWords = ({ standard, before, after, because }: ChangedStandard): Explanation => {
  const told = (side: ComputedStandard | null): string =>
    side ? `${given(side.rating)}${lowestInWords(side.lowest).replace(/\.$/, "")}` : "unknown";
  const words = `${standard}: before, ${told(before)}; after, ${told(after)}.`;
  return node("score", words, because);
};

/** A supposition's result. Every sentence says that it is one. */
export const tellHypothesis = (hypothesis: Hypothesis): Explanation => {
  const { supposing, standards, actual, supposed } = hypothesis;
  const changed = standards.filter((each) => each.changed);
  return node(
    "caveat",
    `Hypothetical: if ${listed(supposing)}, the total would be ${standingInWords(supposed)}; ` +
      `it is ${standingInWords(actual)}.`,
    [],
    changed.map(({ standard, actual: was, supposed: would }) => {
      const then = given(would?.rating ?? null);
      const note = would?.lapsed ? " The panel's decision would no longer fit the numbers." : "";
      const now = given(was?.rating ?? null);
      return node("score", `Hypothetical: ${standard} would be ${then}; it is ${now}.${note}`);
    }),
  );
};

/** A published report's audit on one screen. */
export const tellPublished = (audit: PublishedAudit): Explanation => {
  const { followed, samples, standards } = audit;
  const verdict = audit.clean
    ? "Nothing is unexplained, and its sums are right."
    : "Something is unexplained or does not add up.";
  const ratings = `${followed.ratings} of ${followed.of} ratings on cases follow the rule.`;
  return node(
    "rating",
    `${audit.service}: ${ratings} ${verdict}`,
    [],
    [
      ...standards.map((each) => auditedInWords(each, audit)),
      totalInWords("The score", audit.score),
      totalInWords("The highest score", audit.maxScore),
      totalInWords("The overall rating", audit.overall),
      ...(audit.counted ? Object.values(samples).map(sampleInWords) : []),
    ],
  );
};

const auditedInWords = (
  found: AuditedStandard,
  { counted: known }: PublishedAudit,
): Explanation => {
  const { standard, published, rule, verdict, reason, problems, doubts } = found;
  const told = {
    equal: "as the rule gives it",
    recorded: `moved from ${given(rule)}, and the report says so`,
    unexplained: `the rule gives ${given(rule)}, and nothing published accounts for it`,
  }[verdict];
  const lowest = known ? lowestInWords(found.lowest) : shareInWords(found.lowest);
  const numbers = `${lowest}${triggersInWords(found.triggers)}`;
  return node(
    "score",
    `${standard}: ${given(published)}, ${told}.${numbers}`,
    [],
    [
      ...(reason ? [node("reason", `The reason recorded: ${quoted(reason)}`)] : []),
      ...problems.map((problem) => node("doubt", problemInWords(problem))),
      ...doubts.map(({ words, quote }) => node("doubt", `${quoted(quote)}: ${words}`)),
    ],
  );
};

const problemInWords = (problem: PublishedProblem): string => {
  switch (problem.reason) {
    case "NotRated":
      return "No case was relevant, so the rule gives no rating.";
    case "NotMoved":
      return "Discretion is recorded, and the rating is the rule's own.";
    case "NotEligible":
      return "None of the grounds for discretion was met.";
    case "TooFarMoved":
      return `It was moved by more than ${counted(problem.bands, "band")}.`;
    case "NoDiscretionRecorded":
      return "The report does not say that discretion was used.";
    case "RecordDiffers":
      return `The report records a move from ${problem.recorded.from} to ${problem.recorded.to}.`;
    case "NoReason":
      return "The report gives no reason.";
  }
};

const totalInWords = (
  name: string,
  { printed, computed, equal }: AuditedTotal<number | Rating>,
): Explanation => {
  const printing = printed === null ? "is not printed" : `is printed as ${printed}`;
  const result = equal ? "that is right" : "that is wrong";
  const words = `${name} ${printing} and computed as ${computed ?? "none"}`;
  return node(equal ? "score" : "doubt", printed === null ? `${words}.` : `${words}: ${result}.`);
};

const sampleInWords = ({ words, cases, eligible, proportion }: AuditedSample): Explanation => {
  const due = proportion
    ? proportion.equal
      ? "in the proportion that the rules ask for"
      : `where the proportion that the rules ask for gives ${proportion.computed}`
    : rangeInWords(eligible);
  return node("sample", `${cases} ${cases === 1 ? words.one : words.many}: ${due}.`);
};

const rangeInWords = (eligible: AuditedSample["eligible"]): string => {
  if (eligible === null) return "no number of eligible cases gives that sample by the formula";
  return eligible.to === eligible.from
    ? `by the formula, ${eligible.from} were eligible`
    : `by the formula, ${eligible.from} to ${eligible.to ?? "any number"} were eligible`;
};
