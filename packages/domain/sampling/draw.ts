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

/**
 * Draws every population's sample and reserves. Never refuses: what is missing is recorded as
 * shortfall.
 */
export const drawSample = (request: DrawRequest): Draw => {
  const { rows, fieldworkStart, nonce, beacon, settings } = request;
  const { columns } = settings;
  const listDigest = digestOf(rows, columns);
  const seed = seedFrom({ nonce, listDigest, beacon });
  const parts = listed(rows, settings);
  const purposes = purposesOf(columns);
  const drawn = new Map<string, number>();
  const populations: Record<string, PopulationDraw> = {};
  for (const population of settings.populations) {
    const cases = parts.get(population.name)!;
    const variables = variablesOf(population.balancedOn, columns);
    const part = drawPopulation({ request, seed, population, cases, variables, purposes, drawn });
    populations[population.name] = part;
    drawn.set(population.name, part.size.size);
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
  readonly request: DrawRequest;
  readonly seed: Digest;
  readonly population: PopulationSettings;
  readonly cases: readonly Listed[];
  readonly variables: readonly Variable[];
  readonly purposes: Purposes;
  /** How many cases were drawn from the populations before this one. */
  readonly drawn: ReadonlyMap<string, number>;
};

const drawPopulation = (asked: PopulationRequest): PopulationDraw => {
  const found = eligibleCases(asked);
  const size = sizeOf(asked, found.eligible.length);
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

/** The window widens until a size that follows another can be met, else until the number set. */
const eligibleCases = (asked: PopulationRequest): Eligibility => {
  const { population, cases, purposes, request } = asked;
  const least = sizeOf(asked, 0);
  const usual = least.basis.formula === "ratio" ? least.computed : (population.enough ?? 0);
  return eligibility({
    cases,
    fieldworkStart: request.fieldworkStart,
    windows: population.windows,
    enough: request.overrides?.[population.name]?.size ?? usual,
    purposes,
    onceFor: population.onceFor ?? [],
  });
};

const sizeOf = ({ population, request, drawn }: PopulationRequest, eligible: number): SampleSize =>
  sizeFor({
    settings: population,
    eligible,
    drawn,
    override: request.overrides?.[population.name],
  });

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
