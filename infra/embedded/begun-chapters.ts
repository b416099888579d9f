/** What begins with Assay: a made-up inspection in each stage, and what is left of it to do. */
import type { Line } from "@assay/domain/reconstruction/story.ts";

export type Chapter = {
  readonly town: string;
  /** The framework in force today, or the one before it. */
  readonly under: "today's" | "former";
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

const former = { under: "former" } as const;
const today = { under: "today's" } as const;

/** All that the list has, and so few that the stories are soon told. */
const cases = (...listed: readonly number[]) => ({ ...former, listed, drawn: listed });

export const chapters: readonly Chapter[] = [
  { town: "Ashbourne", ...former, start: 27, until: ["AnnounceInspection", 0] },
  { town: "Brackley", ...former, start: 19, until: ["SubmitCaseList", 0] },
  { town: "Calderford", ...today, start: 17, listed: [40, 16], until: ["DrawSample", 0] },
  { town: "Dunmere", ...today, kind: 1, listed: [8, 5], start: 9, until: ["AllocateCase", 0] },
  { town: "Eastvale", ...cases(5, 3), start: -2, until: "amid fieldwork" },
  { town: "Fenwick", ...cases(5, 3), start: -14, until: ["ConsiderStandard", 4] },
  { town: "Garrowby", ...cases(2, 1), start: -22, until: ["DraftSection", 6] },
  { town: "Hexcombe", ...cases(3, 2), start: -31, until: ["ReturnComments", 0] },
  { town: "Ivelmouth", ...cases(2, 1), start: -52, until: ["SignOffReport", 0] },
  { town: "Jarnham", ...cases(2, 1), start: -55, until: ["SetEmbargo", 0] },
  { town: "Kelmarsh", ...cases(2, 1), start: -57, until: ["SubmitActionPlan", 0] },
  { town: "Lydgate", ...today, listed: [16, 9], start: -68, until: ["SubmitActionPlan", 0] },
];
