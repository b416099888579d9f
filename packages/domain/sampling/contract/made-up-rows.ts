/**
 * Case lists for tests and trials: made up from a seed, with a mix like that of published reports.
 */
import {
  type DisposalType,
  OutOfCourtDisposal,
  type PopulationOfFormat1 as Population,
} from "../../framework/format-1-disposals.ts";
import type { Digest } from "../../kernel/ids.ts";
import { addDays, addMonths, type Day } from "../../kernel/instants.ts";
import type { CaseRow } from "../case-list.ts";
import { randomStream, type RandomStream } from "../stream.ts";

type RecordedLevel = "low" | "medium" | "high" | "very-high" | "unknown";

export const isCustody = (disposal: DisposalType): boolean =>
  disposal === "detention-and-training-order" ||
  disposal === "section-250" ||
  disposal === "other-custody";

type Weights<Word extends string> = readonly (readonly [Word, number])[];

const pick = <Word extends string>(random: RandomStream, weights: Weights<Word>): Word => {
  let point = random.fraction() * weights.reduce((sum, [, weight]) => sum + weight, 0);
  return (weights.find(([, weight]) => (point -= weight) < 0) ?? weights.at(-1)!)[0];
};

const disposals: Readonly<Record<Population, Weights<DisposalType>>> = {
  court: [
    ["referral-order", 56],
    ["youth-rehabilitation-order", 30],
    ["reparation-order", 4],
    ["detention-and-training-order", 6],
    ["section-250", 3],
    ["other-custody", 1],
  ],
  outOfCourt: [
    ["youth-conditional-caution", 28],
    ["youth-caution", 27],
    ["community-resolution", 43],
    ["other", 2],
  ],
};

const genders: Weights<string> = [
  ["male", 82],
  ["female", 15],
  ["other", 2],
  ["unknown", 1],
];
const ageBands: Weights<string> = [
  ["10-14", 25],
  ["15-17", 70],
  ["18", 5],
];
const ethnicities: Weights<string> = [
  ["White", 70],
  ["Black", 12],
  ["Asian", 8],
  ["Mixed", 8],
  ["unknown", 2],
];

const levelsBy = (...weights: readonly [number, number, number, number, number]) =>
  (["low", "medium", "high", "very-high", "unknown"] as const).map(
    (level, i) => [level, weights[i]!] as const,
  );

/** Custody goes with more risk to others, and risk to others with risk to the child. */
const roshAfter = (disposal: DisposalType): Weights<RecordedLevel> => {
  if (OutOfCourtDisposal.safeParse(disposal).success) return levelsBy(48, 40, 9, 1, 2);
  return isCustody(disposal) ? levelsBy(3, 27, 52, 16, 2) : levelsBy(27, 50, 19, 2, 2);
};
const safetyAfter = (rosh: RecordedLevel): Weights<RecordedLevel> => {
  if (rosh === "low") return levelsBy(52, 36, 9, 1, 2);
  return rosh === "medium" ? levelsBy(20, 52, 23, 3, 2) : levelsBy(9, 40, 40, 9, 2);
};

export type MadeUpList = {
  readonly count: { readonly [P in Population]: number };
  readonly fieldworkStart: Day;
  readonly seed: Digest;
  readonly managers: number;
};

/** Every case is eligible in the first window; court cases come first. */
export const madeUpRows = ({ count, fieldworkStart, seed, managers }: MadeUpList): CaseRow[] => {
  const random = randomStream(seed, "made-up rows");
  const rowOf = (population: Population, n: number): CaseRow => {
    const [letter, months] = population === "court" ? ["C", 6] : ["O", 3];
    const disposal = pick(random, disposals[population]);
    const rosh = pick(random, roshAfter(disposal));
    return {
      ref: `${letter}-${String(n).padStart(4, "0")}`,
      child: `CH-${letter}${n}`,
      manager: `CM-${1 + random.below(managers)}`,
      disposal,
      disposalDay: addDays(addMonths(fieldworkStart, -months), -random.below(50)),
      gender: pick(random, genders),
      ageBand: pick(random, ageBands),
      ethnicity: pick(random, ethnicities),
      rosh,
      safety: pick(random, safetyAfter(rosh)),
      restricted: false,
      workStarted: true,
    };
  };
  const rowsOf = (population: Population): CaseRow[] =>
    Array.from({ length: count[population] }, (_, i) => rowOf(population, i + 1));
  return [...rowsOf("court"), ...rowsOf("outOfCourt")];
};
