/** What begins with Assay: a made-up inspection in each stage, and what is left of it to do. */
import type { Line } from "@assay/domain/reconstruction/story.ts";

/** Each is under the framework in force today. */
export type Chapter = {
  readonly town: string;
  /** Which of the framework's kinds of inspection, counted from 0. */
  readonly kind?: number;
  /** How many cases the list has, population by population. */
  readonly listed?: readonly number[];
  /** As many are drawn; left out: as the framework's own rule gives. */
  readonly drawn?: readonly number[];
  /** Working days from today to the first day of fieldwork. */
  readonly start: number;
  /** The command, so many others of its kind before it, from which on all is left to do. */
  readonly until: readonly [command: Line["command"]["type"], skipped: number] | "amid fieldwork";
};

/** All that the list has, and so few that the stories are soon told. */
const cases = (...listed: readonly number[]) => ({ listed, drawn: listed });

/** The full kind takes two weeks of fieldwork, the other one. */
export const chapters: readonly Chapter[] = [
  { town: "Ashbourne", start: 22, until: ["AnnounceInspection", 0] },
  { town: "Brackley", start: 14, until: ["SubmitCaseList", 0] },
  { town: "Calderford", start: 17, listed: [40, 16], until: ["DrawSample", 0] },
  { town: "Dunmere", kind: 1, listed: [8, 5], start: 9, until: ["AllocateCase", 0] },
  { town: "Eastvale", ...cases(5, 3), start: -2, until: "amid fieldwork" },
  { town: "Fenwick", ...cases(5, 3), start: -19, until: ["ConsiderStandard", 1] },
  { town: "Garrowby", ...cases(2, 1), start: -27, until: ["DraftSection", 6] },
  { town: "Hexcombe", ...cases(3, 2), start: -36, until: ["ReturnComments", 0] },
  { town: "Ivelmouth", ...cases(2, 1), start: -57, until: ["SignOffReport", 0] },
  { town: "Jarnham", ...cases(2, 1), start: -60, until: ["SetEmbargo", 0] },
  { town: "Kelmarsh", kind: 1, ...cases(2, 1), start: -57, until: ["SubmitActionPlan", 0] },
  { town: "Lydgate", listed: [16, 9], start: -68, until: ["SubmitActionPlan", 0] },
  { town: "Marlow Vale", kind: 1, ...cases(3, 2), start: -66, until: ["SubmitActionPlan", 0] },
];
