/**
 * The draw of an inspection's cases, both populations at once. It is a pure function of the list,
 * the nonce and the settings, so whoever has the three draws the same cases again.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { z } from "zod";

import type { Population } from "../framework/case-profile.ts";
import { SamplingSettings, Window } from "../framework/sampling-settings.ts";
import { CaseId, Digest } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { balanceOf, BalanceLine, categoryOf } from "./balance.ts";
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
  settings: SamplingSettings,
  fieldworkStart: Day,
  /** Rows in the list, of both populations. */
  rows: z.int().min(0),
  listDigest: Digest,
  beacon: Beacon.optional(),
  seed: Digest,
  populations: z.strictObject({ court: PopulationDraw, outOfCourt: PopulationDraw }),
});
export type Draw = z.infer<typeof Draw>;

export type DrawRequest = {
  readonly rows: readonly CaseRow[];
  readonly fieldworkStart: Day;
  readonly nonce: Nonce;
  readonly beacon?: Beacon | undefined;
  readonly settings: SamplingSettings;
  readonly overrides?: SizeOverrides | undefined;
};

/**
 * Draws both samples and their reserves. Never refuses: what is missing is recorded as shortfall.
 */
export const drawSample = (request: DrawRequest): Draw => {
  const { rows, fieldworkStart, nonce, beacon, settings } = request;
  const listDigest = digestOf(rows);
  const seed = seedFrom({ nonce, listDigest, beacon });
  const court = drawPopulation({ request, seed, population: "court", courtSize: 0 });
  const courtSize = court.size.size;
  const outOfCourt = drawPopulation({ request, seed, population: "outOfCourt", courtSize });
  return {
    algorithm,
    settings,
    fieldworkStart,
    rows: rows.length,
    listDigest,
    ...(beacon !== undefined && { beacon }),
    seed,
    populations: { court, outOfCourt },
  };
};

type PopulationRequest = {
  readonly request: DrawRequest;
  readonly seed: Digest;
  readonly population: Population;
  readonly courtSize: number;
};

const drawPopulation = (asked: PopulationRequest): PopulationDraw => {
  const { settings } = asked.request;
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
      settings.balancedOn,
    ),
  };
};

/** Court cases are enough at the number set; others when the size that follows can be met. */
const eligibleCases = ({ request, population, courtSize }: PopulationRequest): Eligibility => {
  const { rows, fieldworkStart, settings, overrides } = request;
  const follows = sizeFor({ population: "outOfCourt", eligible: 0, settings, courtSize }).wanted;
  const usual = population === "outOfCourt" && courtSize > 0 ? follows : settings.enoughCourtCases;
  return eligibility({
    cases: listed(rows, population),
    fieldworkStart,
    windows: settings.windows[population],
    enough: overrides?.[population]?.size ?? usual,
  });
};

const sizeOf = (asked: PopulationRequest, eligible: number): SampleSize =>
  sizeFor({
    population: asked.population,
    eligible,
    settings: asked.request.settings,
    courtSize: asked.courtSize,
    override: asked.request.overrides?.[asked.population],
  });

type Purpose = "sample" | "reserves" | "order";

/** The label under which a purpose has random numbers of its own. */
const labelOf = (population: Population, purpose: Purpose): string =>
  `${algorithm.name}/${algorithm.version}/${population}/${purpose}`;

const draw = (
  cases: readonly Listed[],
  size: number,
  { request, seed, population }: PopulationRequest,
  purpose: Purpose,
): { readonly drawn: readonly Listed[]; readonly inclusion: Inclusion } => {
  const { drawn, inclusion } = balancedDraw(
    {
      size,
      units: cases.length,
      variables: request.settings.balancedOn.map((variable) =>
        cases.map(({ row }) => categoryOf(row, variable)),
      ),
      managers: cases.map(({ row }) => row.manager),
      cap: request.settings.maxPerCaseManager,
    },
    randomStream(seed, labelOf(population, purpose)),
  );
  return { drawn: drawn.map((unit) => cases[unit]!), inclusion };
};

const digestOfIds = (cases: readonly Listed[]): Digest =>
  bytesToHex(sha256(utf8ToBytes(cases.map((each) => `${each.case}\n`).join("")))) as Digest;
