/**
 * Agreement between first and second markings, over all, per standard and per pair of people, and
 * whether it drifts. It measures how alike people judge and never decides a rating.
 */
import { answersIn, type CaseFile } from "../../briefing/case-file.ts";
import { isPrompt, standardOf } from "../../kernel/codes.ts";
import type { CaseId, InspectionId, PersonId } from "../../kernel/ids.ts";
import type { Instant } from "../../kernel/instants.ts";
import { type Agreement, agreementIn, type Estimate, wilson } from "./coefficients.ts";

/** One key question answered twice about one case. `at` is when it was marked again. */
export type MarkedTwice = {
  readonly inspection: InspectionId;
  readonly case: CaseId;
  readonly question: string;
  readonly first: { readonly by: PersonId; readonly answer: "yes" | "no" };
  readonly second: { readonly by: PersonId; readonly answer: "yes" | "no" };
  readonly at: Instant;
};

/**
 * The key questions of a case that both markings answered, once the second is complete; none while
 * it is not, since half a marking is no measure. Prompts are not compared: not all are answered.
 */
export const markedTwiceIn = (
  inspection: InspectionId,
  id: CaseId,
  file: CaseFile,
): readonly MarkedTwice[] => {
  const { second } = file;
  if (!second?.completed) return [];
  const answers = answersIn(file);
  return [...answersIn(second)].flatMap(([question, again]) => {
    const former = answers.get(question);
    if (!former || isPrompt(question)) return [];
    if (former.answer === "not-applicable" || again.answer === "not-applicable") return [];
    return [
      {
        inspection,
        case: id,
        question,
        first: { by: former.by, answer: former.answer },
        second: { by: again.by, answer: again.answer },
        at: again.at,
      },
    ];
  });
};

export type AgreementReport = {
  readonly all: Agreement;
  readonly standards: readonly { readonly standard: string; readonly agreement: Agreement }[];
  /** The two in alphabetical order, whoever marked first. */
  readonly pairs: readonly {
    readonly people: readonly [PersonId, PersonId];
    readonly agreement: Agreement;
  }[];
};

export const agreementReport = (marked: readonly MarkedTwice[]): AgreementReport => ({
  all: agreementIn(tableOf(marked)),
  standards: [...Map.groupBy(marked, ({ question }) => standardOf(question))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([standard, group]) => ({ standard, agreement: agreementIn(tableOf(group)) })),
  pairs: [...Map.groupBy(marked, (each) => pairOf(each).join(" "))]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => {
      const people = pairOf(group[0]!);
      const inOrder = group.map((each) =>
        each.first.by === people[0] ? each : { first: each.second, second: each.first },
      );
      return { people, agreement: agreementIn(tableOf(inOrder)) };
    }),
});

const pairOf = ({ first, second }: MarkedTwice): readonly [PersonId, PersonId] =>
  first.by < second.by ? [first.by, second.by] : [second.by, first.by];

const tableOf = (marked: readonly Pick<MarkedTwice, "first" | "second">[]) => {
  const table = [
    [0, 0],
    [0, 0],
  ];
  for (const { first, second } of marked) {
    table[first.answer === "yes" ? 0 : 1]![second.answer === "yes" ? 0 : 1]! += 1;
  }
  return table;
};

export type Drift = {
  /** Calendar quarters in which something was marked again, `2026-Q1` and so on. */
  readonly quarters: readonly {
    readonly quarter: string;
    readonly count: number;
    readonly share: Estimate;
  }[];
  /**
   * Standard normal where agreement does not change with time: below -1.96 it falls, above 1.96 it
   * rises, at the 5% level. Undefined with fewer than two quarters or nothing but (dis)agreement.
   */
  readonly trend: number | undefined;
};

/**
 * Agreement by quarter, with the test for a linear trend in proportions (Cochran 1954, Biometrics
 * 10, 417-451; Armitage 1955, Biometrics 11, 375-386), scored by quarters elapsed.
 */
export const driftOf = (marked: readonly MarkedTwice[]): Drift => {
  const quarters = [...Map.groupBy(marked, ({ at }) => quarterOf(at))]
    .toSorted(([a], [b]) => a - b)
    .map(([quarter, group]) => {
      const agreed = group.filter(({ first, second }) => first.answer === second.answer).length;
      return { quarter, count: group.length, agreed };
    });
  return {
    quarters: quarters.map(({ quarter, count, agreed }) => ({
      quarter: `${Math.floor(quarter / 4)}-Q${(quarter % 4) + 1}`,
      count,
      share: wilson(agreed, count),
    })),
    trend: trendOf(quarters.map(({ quarter, ...group }) => ({ score: quarter, ...group }))),
  };
};

const quarterOf = (at: Instant): number =>
  Number(at.slice(0, 4)) * 4 + Math.floor((Number(at.slice(5, 7)) - 1) / 3);

/** The standardised trend of agreed / count over the scores; see `driftOf`. */
export const trendOf = (
  groups: readonly { readonly score: number; readonly count: number; readonly agreed: number }[],
): number | undefined => {
  const sum = (worth: (group: (typeof groups)[number]) => number): number =>
    groups.reduce((so, group) => so + worth(group), 0);
  const count = sum((group) => group.count);
  const share = sum(({ agreed }) => agreed) / count;
  const mean = sum((group) => group.count * group.score) / count;
  const spread = sum((group) => group.count * (group.score - mean) ** 2);
  const variance = share * (1 - share) * spread;
  if (!(variance > 0)) return undefined;
  return (
    sum(({ score, agreed, count: n }) => (score - mean) * (agreed - n * share)) /
    Math.sqrt(variance)
  );
};
