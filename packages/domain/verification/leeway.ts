/**
 * Where what is shown does not decide everything: the rows of a case list, words in letters, the
 * rhythm of reminders. What can be held against other facts there is held against them.
 */
import { beaconProblem } from "../announcement/commitment.ts";
import { stillToCome } from "../announcement/letter.ts";
import type { InspectionState } from "../announcement/state.ts";
import { pinned } from "../briefing/inspection.ts";
import { type CaseId, caseIdOf } from "../kernel/ids.ts";
import { type Day, dayInEngland, type Instant } from "../kernel/instants.ts";
import type { Draw } from "../sampling/draw.ts";
import type { Nonce } from "../sampling/stream.ts";
import type { Told } from "./asked.ts";
import { contradictionsIn } from "./draw.ts";

export type Found = { readonly rule: string; readonly what: string };

export type Leeway = {
  /** What of the answer cannot be worked out. */
  readonly why: string;
  /** Whether the rest of the answer follows from the rules nevertheless. */
  readonly decides: boolean;
  /** The fact without what does not follow. */
  readonly mask?: (fact: Told) => Told;
  /** Facts that were not recorded by every version of Assay. */
  readonly optional?: string;
  /** What contradicts other facts. The state is that of the step's rules before the answer. */
  readonly check?: (facts: readonly Told[], state: never, hidden: boolean) => readonly Found[];
};

const without =
  (...names: readonly string[]) =>
  (fact: Told): Told => {
    const rest = Object.entries(fact).filter(([name]) => !names.includes(name));
    return Object.fromEntries(rest) as Told;
  };

const replacing: Leeway = {
  why: "which reserve is nearest rests on the list",
  decides: true,
  mask: without("replacement"),
  check: ([fact], state) => fromReserves(fact!, state),
};

const rendered: Leeway = {
  why: "the report's forms are not in the file, only their digests",
  decides: true,
  mask: without("forms"),
};

/** By the command that was answered. */
export const leeway: Readonly<Partial<Record<string, Leeway>>> = {
  AnnounceInspection: {
    why: "the letters' digests are of words that are not shown",
    decides: true,
    mask: announced,
    optional: "LettersWritten",
  },
  SubmitCaseList: {
    why: "the list's rows are not shown",
    decides: true,
    mask: without("digest", "cases"),
    check: ([fact]) => rowsInOrder(fact!),
  },
  DrawSample: {
    why: "the sample was not drawn again: the list is not shown",
    decides: false,
    check: drawnFrom,
  },
  ReplaceCase: replacing,
  ApproveReplacement: replacing,
  PublishReport: rendered,
  IssueCorrection: rendered,
  CallReminders: { why: "the rhythm of reminders is not a fact", decides: false },
};

/** Earlier versions asked for what was late already by a day that had come. */
function announced(fact: Told): Told {
  if (fact.type === "LettersWritten") return without("letters", "template")(fact);
  if (fact.type !== "RequestOpened") return fact;
  const asked = dayInEngland(fact["at"] as Instant);
  return { ...fact, due: stillToCome(fact["due"] as Day, asked) };
}

const rowsInOrder = (fact: Told): readonly Found[] => {
  const cases = fact["cases"] as readonly { readonly case: string }[];
  const inOrder = cases.every(({ case: id }, at) => id === caseIdOf(at + 1));
  return inOrder ? [] : [{ rule: "list", what: "its rows are not numbered from c0001" }];
};

function drawnFrom(
  facts: readonly Told[],
  state: InspectionState,
  hidden: boolean,
): readonly Found[] {
  const [drawn, revealed, ...more] = facts;
  if (revealed?.type !== "NonceRevealed" || more.length > 0 || !isStamped(drawn!, revealed))
    return [
      { rule: "draw: nonce", what: "the nonce is not revealed with the draw, and only once" },
    ];
  const { commitment, listDigest, cases, briefing, overrides } = state;
  const draw = drawn!["draw"] as Draw;
  const beacon = beaconProblem({ ...(drawn as object), beacon: draw.beacon } as never, state);
  const timetable = briefing.timetable!;
  const found = contradictionsIn(draw, {
    ...{ commitment, overrides },
    nonce: revealed["nonce"] as Nonce,
    framework: pinned(briefing),
    timetable,
    list: hidden || listDigest === undefined ? undefined : { digest: listDigest, rows: cases.size },
  });
  return beacon ? [...found, { rule: "draw: beacon", what: JSON.stringify(beacon) }] : found;
}

const isStamped = (a: Told, b: Told): boolean =>
  JSON.stringify([a["at"], a["by"]]) === JSON.stringify([b["at"], b["by"]]);

const fromReserves = (
  { replacement, case: id }: Told,
  { draw, called, briefing }: InspectionState,
): readonly Found[] => {
  if (replacement === undefined) return [];
  const population = briefing.sample.get(id as never)?.population;
  const reserves: readonly string[] = population
    ? (draw!.populations[population]?.reserves ?? [])
    : [];
  const next = replacement as CaseId;
  const free = reserves.includes(next) && !called.has(next);
  return free ? [] : [{ rule: "reserves", what: `${next} is no free reserve` }];
};
