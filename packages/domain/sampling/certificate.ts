/**
 * The certificate of a draw: everything with which a stranger who has the case list can draw again.
 * Published, it names cases by their row in the list; an analyst's own draw may name references.
 */
import { z } from "zod";

import { CaseListSettings } from "../framework/case-list-settings.ts";
import { purposesOf, textIn } from "../framework/columns.ts";
import { Name } from "../framework/predicate.ts";
import { Window } from "../framework/sampling-settings.ts";
import { type CaseId, caseIdOf, Digest } from "../kernel/ids.ts";
import { Day } from "../kernel/instants.ts";
import { BalanceLine } from "./balance.ts";
import type { CaseRow } from "./case-list.ts";
import type { Draw, PopulationDraw } from "./draw.ts";
import { daysOf, ExclusionReason } from "./eligibility.ts";
import { Inclusion } from "./inclusion.ts";
import { SampleSize } from "./sizes.ts";
import { BeaconRound } from "./beacon.ts";
import { Beacon, commitmentTo, Nonce, RenewalReason } from "./stream.ts";

/**
 * How the certificate names cases: `c0001` is the list's first row, or by the provider's reference.
 */
export const Naming = z.enum(["row", "reference"]);
export type Naming = z.infer<typeof Naming>;

const Refs = z.array(z.string()).readonly();

/** `PopulationDraw` with the window's days, the plain size, and cases by their chosen names. */
export const CertifiedPopulation = z.strictObject({
  eligible: z.int().min(0),
  eligibleDigest: Digest,
  excluded: z.array(z.strictObject({ ref: z.string(), reason: ExclusionReason })).readonly(),
  window: z.strictObject({ ...Window.shape, first: Day, last: Day }),
  widened: z.int().min(0),
  size: z.int().min(0),
  sizing: SampleSize,
  inclusion: Inclusion,
  sample: Refs,
  reserves: Refs,
  balance: z.array(BalanceLine).readonly(),
});
export type CertifiedPopulation = z.infer<typeof CertifiedPopulation>;

/** A sampled case that could not be assessed; without a replacement no reserve was left. */
export const Replacement = z.strictObject({
  replaced: z.string(),
  replacement: z.string().optional(),
  reason: z.string(),
  /** It had answers: they stay on record and do not count, as a second person approved. */
  hadAnswers: z.literal(true).optional(),
});
export type Replacement = z.infer<typeof Replacement>;

/** All that could have steered the draw. */
const Conduct = {
  framework: z.strictObject({ id: z.string(), digest: Digest }),
  /** The round whose value is the beacon. */
  beaconRound: BeaconRound.optional(),
  /** New commitments, in order; the last one is that of the nonce. */
  renewals: z
    .array(z.strictObject({ on: Day, because: RenewalReason, commitment: Digest }))
    .readonly(),
  /** What the service found when it drew again from its own list. */
  countersigned: z.strictObject({ on: Day, equal: z.boolean() }).optional(),
};
export type Conduct = z.infer<z.ZodObject<typeof Conduct>>;

export const Certificate = z.strictObject({
  format: z.literal("assay-sampling-certificate/3"),
  conduct: z.strictObject(Conduct).optional(),
  /** What was inspected, where the draw belongs to an inspection. */
  inspection: z.string().optional(),
  algorithm: z.strictObject({ name: z.string(), version: z.int().min(1) }),
  settings: CaseListSettings,
  fieldworkStart: Day,
  rows: z.int().min(0),
  listDigest: Digest,
  nonce: Nonce,
  commitment: Digest,
  beacon: Beacon.optional(),
  seed: Digest,
  naming: Naming,
  populations: z.record(Name, CertifiedPopulation),
  replacements: z.array(Replacement).readonly(),
});
export type Certificate = z.infer<typeof Certificate>;

export type CertificateRequest = {
  readonly draw: Draw;
  readonly nonce: Nonce;
  readonly inspection?: string | undefined;
  /** The list, where references are to stand in place of row numbers. */
  readonly rows?: readonly CaseRow[] | undefined;
  readonly replacements?: readonly {
    readonly replaced: CaseId;
    readonly replacement?: CaseId | undefined;
    readonly reason: string;
    readonly hadAnswers?: true;
  }[];
  /** Left out where nothing of it is on record. */
  readonly conduct?: Conduct | undefined;
};

export const certificateOf = (request: CertificateRequest): Certificate => {
  const { draw, nonce, inspection, rows, replacements = [], conduct } = request;
  const { populations, ...common } = draw;
  const name = nameWith(rows, draw);
  return {
    format: "assay-sampling-certificate/3",
    ...(conduct && { conduct }),
    ...(inspection !== undefined && { inspection }),
    ...common,
    nonce,
    commitment: commitmentTo(nonce),
    naming: rows === undefined ? "row" : "reference",
    populations: Object.fromEntries(
      Object.entries(populations).map(([population, drawn]) => [
        population,
        certifiedPopulation(drawn, draw.fieldworkStart, name),
      ]),
    ),
    replacements: replacements.map(({ replaced, replacement, reason, hadAnswers }) => ({
      replaced: name(replaced),
      ...(replacement !== undefined && { replacement: name(replacement) }),
      reason,
      ...(hadAnswers && { hadAnswers }),
    })),
  };
};

const nameWith = (
  rows: readonly CaseRow[] | undefined,
  { settings }: Draw,
): ((id: CaseId) => string) => {
  if (rows === undefined) return (id) => id;
  const { reference } = purposesOf(settings.columns);
  const refs = new Map(rows.map((row, index) => [caseIdOf(index + 1), textIn(row, reference)]));
  return (id) => refs.get(id) ?? id;
};

const certifiedPopulation = (
  drawn: PopulationDraw,
  fieldworkStart: Day,
  name: (id: CaseId) => string,
): CertifiedPopulation => {
  const certified = {
    eligible: drawn.eligible,
    eligibleDigest: drawn.eligibleDigest,
    excluded: drawn.excluded.map(({ case: id, reason }) => ({ ref: name(id), reason })),
    window: { ...drawn.window, ...daysOf(drawn.window, fieldworkStart) },
    widened: drawn.widened,
    size: drawn.size.size,
    sizing: drawn.size,
    inclusion: drawn.inclusion,
    sample: drawn.sample.map(name),
    reserves: drawn.reserves.map(name),
    balance: drawn.balance,
  };
  return certified satisfies Readonly<Record<keyof PopulationDraw, unknown>>;
};
