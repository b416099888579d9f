/**
 * The draw of an inspection's cases, all populations at once. It is a pure function of the list,
 * the nonce and the settings, so whoever has the three draws the same cases again.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";

import { CaseListSettings, type PopulationSettings } from "../framework/case-list-settings.ts";
import { type Purposes, purposesOf, textIn } from "../framework/columns.ts";
import { Name } from "../framework/predicate.ts";
import { Window } from "../framework/sampling-settings.ts";
import { CaseId, Digest } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { balanceOf, BalanceLine, type Variable, variablesOf } from "./balance.ts";
import { type CaseRow, digestOf } from "./case-list.ts";
import { balancedDraw } from "./cube.ts";
import { type Eligibility, eligibility, Exclusion, type Listed, listed } from "./eligibility.ts";
import { Inclusion } from "./inclusion.ts";
import { SampleSize, sizeFor, type SizeOverrides } from "./sizes.ts";
import { Beacon, type Nonce, randomStream, seedFrom, shuffled } from "./stream.ts";

/** Any change that could draw another sample from the same seed takes another version. */
export const algorithm = { name: "assay-cube", version: 1 } as const;

export const PopulationDraw = z.strictObject({
  window: Window,
  /** How many times the window was widened before there were enough. */
  widened: z.int().min(0),
  eligible: z.int().min(0),
  /** SHA-256 of the eligible cases' ids in the order of the list, each followed by LF. */
  eligibleDigest: Digest,
  excluded: z.array(Exclusion).readonly(),
  size: SampleSize,
  inclusion: Inclusion,
  /** In the order of the list. */
  sample: z.array(CaseId).readonly(),
  /** In the order in which they are called up. */
  reserves: z.array(CaseId).readonly(),
  balance: z.array(BalanceLine).readonly(),
});
export type PopulationDraw = z.infer<typeof PopulationDraw>;

/** Everything about a draw but the nonce, which is revealed apart. */
export const Draw = z.strictObject({
  algorithm: z.strictObject({ name: z.string(), version: z.int().min(1) }),
  settings: CaseListSettings,
  fieldworkStart: Day,
  /** Rows in the list, of all populations. */
  rows: z.int().min(0),
  listDigest: Digest,
  beacon: Beacon.optional(),
  seed: Digest,
  populations: z.record(Name, PopulationDraw),
});
export type Draw = z.infer<typeof Draw>;

export type DrawRequest = {
  readonly rows: readonly CaseRow[];
  readonly fieldworkStart: Day;
  readonly nonce: Nonce;
  readonly beacon?: Beacon | undefined;
  readonly settings: CaseListSettings;
  readonly overrides?: SizeOverrides | undefined;
};

/** The rows of one population, who of them may be drawn, and how many are. */
export type Prepared = Eligibility & {
  readonly listed: number;
  readonly size: SampleSize;
};

/**
 * What a draw starts from, population by population in the framework's order. It needs no nonce, so
 * it can be looked at beforehand.
 */
export const preparedDraw = (
  request: Omit<DrawRequest, "nonce" | "beacon">,
): ReadonlyMap<string, Prepared> => {
  const { rows, fieldworkStart, settings, overrides = {} } = request;
  const parts = listed(rows, settings);
  const purposes = purposesOf(settings.columns);
  const drawn = new Map<string, number>();
  const prepared = new Map<string, Prepared>();
  for (const population of settings.populations) {
    const { name, windows, onceFor = [] } = population;
    const cases = parts.get(name)!;
    const override = overrides[name];
    const sizeOf = (eligible: number) =>
      sizeFor({ settings: population, eligible, drawn, override });
    const least = sizeOf(0);
    const usual = least.basis.formula === "ratio" ? least.computed : (population.enough ?? 0);
    /** The window widens until a size that follows another is met, else until the number set. */
    const enough = override?.size ?? usual;
    const found = eligibility({ cases, fieldworkStart, windows, enough, purposes, onceFor });
    const size = sizeOf(found.eligible.length);
    prepared.set(name, { ...found, listed: cases.length, size });
    drawn.set(name, size.size);
  }
  return prepared;
};

/**
 * Draws every population's sample and reserves. Never refuses: what is missing is recorded as
 * shortfall.
 */
export const drawSample = (request: DrawRequest): Draw => {
  const { rows, fieldworkStart, nonce, beacon, settings } = request;
  const { columns } = settings;
  const listDigest = digestOf(rows, columns);
  const seed = seedFrom({ nonce, listDigest, beacon });
  const purposes = purposesOf(columns);
  const prepared = preparedDraw(request);
  const populations: Record<string, PopulationDraw> = {};
  for (const population of settings.populations) {
    const found = prepared.get(population.name)!;
    const variables = variablesOf(population.balancedOn, columns);
    populations[population.name] = drawPopulation({ seed, population, found, variables, purposes });
  }
  return {
    algorithm,
    settings: { columns, populations: settings.populations },
    fieldworkStart,
    rows: rows.length,
    listDigest,
    ...(beacon !== undefined && { beacon }),
    seed,
    populations,
  };
};

type PopulationRequest = {
  readonly seed: Digest;
  readonly population: PopulationSettings;
  readonly found: Prepared;
  readonly variables: readonly Variable[];
  readonly purposes: Purposes;
};

const drawPopulation = (asked: PopulationRequest): PopulationDraw => {
  const { found } = asked;
  const { size } = found;
  const { drawn: sample, inclusion } = draw(found.eligible, size.size, asked, "sample");
  const sampled = new Set(sample);
  const rest = found.eligible.filter((each) => !sampled.has(each));
  const { drawn: spare } = draw(rest, size.reserves, asked, "reserves");
  const order = randomStream(asked.seed, labelOf(asked.population, "order"));
  return {
    window: found.window,
    widened: found.widened,
    eligible: found.eligible.length,
    eligibleDigest: digestOfIds(found.eligible),
    excluded: found.excluded,
    size,
    inclusion,
    sample: sample.map((each) => each.case),
    reserves: shuffled(spare, order).map((each) => each.case),
    balance: balanceOf(
      found.eligible.map(({ row }) => row),
      sample.map(({ row }) => row),
      asked.variables,
    ),
  };
};

type Part = "sample" | "reserves" | "order";

/** The label under which a part of the draw has random numbers of its own. */
const labelOf = ({ name }: PopulationSettings, part: Part): string =>
  `${algorithm.name}/${algorithm.version}/${name}/${part}`;

const draw = (
  cases: readonly Listed[],
  size: number,
  { seed, population, variables, purposes }: PopulationRequest,
  part: Part,
): { readonly drawn: readonly Listed[]; readonly inclusion: Inclusion } => {
  const { drawn, inclusion } = balancedDraw(
    {
      size,
      units: cases.length,
      variables: variables.map(({ categoryOf }) => cases.map(({ row }) => categoryOf(row))),
      managers: cases.map(({ row }) => textIn(row, purposes.worker)),
      cap: population.maxPerWorker ?? Math.max(1, cases.length),
    },
    randomStream(seed, labelOf(population, part)),
  );
  return { drawn: drawn.map((unit) => cases[unit]!), inclusion };
};

const digestOfIds = (cases: readonly Listed[]): Digest =>
  bytesToHex(sha256(utf8ToBytes(cases.map((each) => `${each.case}\n`).join("")))) as Digest;
