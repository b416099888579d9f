/** Why a service is where it is, in sentences for whoever reads the schedule. */
import type { KeptOut, Unplaced, Why } from "./explain.ts";

const kinds = {
  closed: "closed to all fieldwork",
  blackout: "in a blackout of its own",
  tooSoon: "too soon after its last inspection",
  full: "full with other services",
  pace: "ahead of the programme's pace",
  noTeam: "without a team for it",
} as const satisfies Record<keyof KeptOut, string>;

export const whyInWords = ({ risk, rank, of, decided, earlier, people }: Why): string =>
  [
    `${rankInWords(rank, of)}: risk ${risk.score} of 1000, of which caseload ${risk.caseload}, ` +
      `performance ${risk.performance}, time since the last inspection ${risk.sinceLast}.`,
    decided === "by-a-person"
      ? "A person placed it here."
      : keptOutInWords(earlier, "The first week of the programme."),
    `Of the inspectors, ${people.eligible} could have been in its team; ` +
      `${people.conflicted} have a conflict of interest, ${people.away} are away, ` +
      `${people.resting} are in or near another fieldwork.`,
  ].join(" ");

export const leftOutInWords = ({ risk, rank, of, weeks }: Unplaced): string =>
  `${rankInWords(rank, of)}: risk ${risk.score} of 1000. No week takes it. ` +
  keptOutInWords(weeks, "");

export const weeksInWords = (weeks: number): string =>
  weeks === 1 ? "one week" : `${weeks} weeks`;

const rankInWords = (rank: number, of: number): string =>
  rank === 1 ? `The riskiest of ${of}` : `Number ${rank} of ${of} by risk`;

/** The earlier weeks that did not take it, the commonest kind first. */
const keptOutInWords = (weeks: KeptOut, none: string): string => {
  const kept = (Object.keys(kinds) as (keyof KeptOut)[])
    .filter((kind) => weeks[kind] > 0)
    .toSorted((a, b) => weeks[b] - weeks[a])
    .map((kind) => `${weeks[kind]} ${kinds[kind]}`);
  return kept.length === 0 ? none : `Weeks that did not take it: ${kept.join(", ")}.`;
};
