/**
 * What varies between stories: the framework, the case list, the sample's sizes, what the inspector
 * finds. Whatever a story leaves out is as in `plainStory`, in which all goes well.
 */
import type { Scope } from "@assay/domain/framework/case-profile.ts";
import type { Rating } from "@assay/domain/framework/scale.ts";
import type { CaseRow } from "@assay/domain/sampling/case-list.ts";

export type Story = {
  readonly framework: "yos-2018" | "yos-2021";
  readonly rows: readonly CaseRow[];
  /** How many cases are drawn; fewer than the formula gives, to keep stories short. */
  readonly sizes: { readonly court: number; readonly outOfCourt: number };
  readonly scope: (caseId: string) => Scope;
  readonly answer: (caseId: string, question: string) => "yes" | "no" | "not-applicable";
  readonly proposal: (standard: string) => Rating;
  /** A published report that is carried through. */
  readonly reconstruction: boolean;
};

const row = (number: number, changes: CaseRow): CaseRow => ({
  ref: `R-${number}`,
  child: `CH-${number}`,
  manager: `CM-${number % 4}`,
  disposal: "referral-order",
  disposalDay: "2020-10-12",
  gender: number % 5 === 0 ? "female" : "male",
  ageBand: "15-17",
  ethnicity: "unknown",
  rosh: "medium",
  safety: "medium",
  restricted: false,
  workStarted: true,
  ...changes,
});

const outOfCourt = (number: number, disposal: string): CaseRow =>
  row(number, { disposal, disposalDay: "2021-01-18" });

/** Eight court cases, then six out of court, all eligible. */
export const plainRows: readonly CaseRow[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => row(number, {})),
  outOfCourt(9, "youth-conditional-caution"),
  outOfCourt(10, "youth-conditional-caution"),
  outOfCourt(11, "youth-caution"),
  outOfCourt(12, "youth-caution"),
  outOfCourt(13, "community-resolution"),
  outOfCourt(14, "community-resolution"),
];

/** Everything fell due and everything changed: every key question concerns the case. */
export const fullScope: Scope = {
  facts: {
    inspectorRosh: "medium",
    inspectorSafety: "medium",
    childSafetyFactors: true,
    desistanceChanged: true,
    safetyChanged: true,
    harmChanged: true,
  },
  notDue: [],
};

/** Six court and four other cases, every answer yes, every proposal Good. */
export const plainStory: Story = {
  framework: "yos-2018",
  rows: plainRows,
  sizes: { court: 6, outOfCourt: 4 },
  scope: () => fullScope,
  answer: () => "yes",
  proposal: () => "Good",
  reconstruction: false,
};

/** The same, as a published report that is carried through. */
export const reconstructedStory: Story = { ...plainStory, reconstruction: true };

/** No case out of court, so domain three is not rated and the overall rating is withheld. */
export const courtOnlyStory: Story = {
  ...plainStory,
  rows: plainRows.filter(({ disposal }) => disposal === "referral-order"),
  sizes: { court: 6, outOfCourt: 0 },
};

/** The framework of 2021, with a child who came from custody, and without one. */
export const resettlementStory: Story = {
  ...plainStory,
  framework: "yos-2021",
  rows: plainRows.map((each, index) =>
    index === 7 ? { ...each, disposal: "detention-and-training-order" } : each,
  ),
};
export const noResettlementStory: Story = { ...plainStory, framework: "yos-2021" };

/** The days of every story's inspection. No bank holiday falls into its fieldwork. */
export const fieldworkDays = { start: "2021-05-17", end: "2021-05-21" } as const;

export const nonce = "5a".repeat(32);

/** When the report appears unless a story sets another time: a Tuesday in summer time. */
export const publicationMoment = "2021-08-09T23:01:00.000Z";
