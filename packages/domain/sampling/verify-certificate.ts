/**
 * Checks a certificate against the case list by drawing again. What differs is named; nothing in
 * the certificate is taken on trust but the nonce, which the commitment holds.
 */
import { isOfRound } from "./beacon.ts";
import { Certificate, certificateOf, type Replacement } from "./certificate.ts";
import { type CaseRow, digestOf } from "./case-list.ts";
import { algorithm, drawSample } from "./draw.ts";
import { compare, type Difference, membersThatDiffer } from "./draw-again.ts";
import { nextReserve, type Profiled } from "./reserves.ts";
import { commitmentTo, seedFrom } from "./stream.ts";
import { type CaseId, caseIdOf, type Digest } from "../kernel/ids.ts";
import { canonicalJson } from "../kernel/canonical.ts";
import type { SamplingSettings } from "../framework/sampling-settings.ts";
import type { Population } from "../framework/case-profile.ts";

export type Verification =
  | { readonly equal: true }
  | { readonly equal: false; readonly differences: readonly Difference[] };

/** What is known from elsewhere, so that it need not be taken from the certificate. */
export type Published = {
  /** Of the framework under which the inspection was announced. */
  readonly settings: SamplingSettings;
  readonly commitment?: Digest | undefined;
};

/**
 * Equal, or what differs. A list, nonce or seed that does not fit is named alone, because drawing
 * from it again would only say that everything else differs too.
 */
export const verifyCertificate = (
  certificate: unknown,
  rows: readonly CaseRow[],
  published: Published,
): Verification => {
  const parsed = Certificate.safeParse(certificate);
  if (!parsed.success) return verdict(parsed.error.issues.map(formatDifference));
  const foundations = foundationsOf(parsed.data, rows, published);
  if (foundations.length > 0) return verdict(foundations);
  return verdict(redrawn(parsed.data, rows));
};

const verdict = (differences: readonly Difference[]): Verification =>
  differences.length === 0 ? { equal: true } : { equal: false, differences };

const formatDifference = (issue: {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}): Difference => ({
  what: "format",
  certificate: issue.path.map(String).join(".") || "the whole",
  found: issue.message,
});

/** The seed tells whether it was the nonce or the commitment that was changed. */
const foundationsOf = (
  certificate: Certificate,
  rows: readonly CaseRow[],
  published: Published,
): readonly Difference[] => {
  const { nonce, listDigest, beacon, commitment, seed } = certificate;
  const follows = seedFrom({ nonce, listDigest, beacon });
  const kept = commitment === commitmentTo(nonce);
  return [
    ...compare("algorithm", certificate.algorithm, algorithm),
    ...compare("list", listDigest, digestOf(rows)),
    ...(kept
      ? compare("seed", seed, follows)
      : compare(seed === follows ? "commitment" : "nonce", commitment, commitmentTo(nonce))),
    ...conductDifferences(certificate),
    ...compare("settings", canonicalJson(certificate.settings), canonicalJson(published.settings)),
    ...compare("published commitment", published.commitment ?? commitment, commitment),
  ];
};

/** The value of the beacon is that of its round, and the last new commitment is the one kept. */
const conductDifferences = ({
  conduct,
  beacon,
  commitment,
}: Certificate): readonly Difference[] => {
  const { beaconRound: round, renewals = [] } = conduct ?? {};
  const wrong = round && !(beacon && isOfRound(round, beacon));
  return [
    ...(wrong ? compare("beacon", beacon, `another value of round ${round.round}`) : []),
    ...compare("renewals", renewals.at(-1)?.commitment ?? commitment, commitment),
  ];
};

const redrawn = (certificate: Certificate, rows: readonly CaseRow[]): readonly Difference[] => {
  const { populations, nonce, beacon, fieldworkStart, settings } = certificate;
  const draw = drawSample({
    rows,
    fieldworkStart,
    nonce,
    beacon,
    settings,
    overrides: {
      court: populations.court.sizing.override,
      outOfCourt: populations.outOfCourt.sizing.override,
    },
  });
  const named = certificate.naming === "reference" ? rows : undefined;
  const again = Certificate.parse(certificateOf({ draw, nonce, rows: named }));
  const parts = (["court", "outOfCourt"] as const).flatMap((population) =>
    membersThatDiffer(`${population}.`, populations[population], again.populations[population]),
  );
  const differences = [...compare("rows", certificate.rows, rows.length), ...parts];
  return differences.length > 0 ? differences : replacementDifferences(certificate, rows);
};

/** Follows the replacements one by one through the reserves, as they had to be made. */
const replacementDifferences = (
  certificate: Certificate,
  rows: readonly CaseRow[],
): readonly Difference[] => {
  const byName = new Map(
    rows.map((row, index): [string, Profiled] => {
      const id = caseIdOf(index + 1);
      return [certificate.naming === "reference" ? row.ref : id, { case: id, row }];
    }),
  );
  const nameOf = new Map([...byName].map(([name, each]) => [each.case, name]));
  const current = {
    court: new Set(certificate.populations.court.sample),
    outOfCourt: new Set(certificate.populations.outOfCourt.sample),
  };
  const used = new Set<CaseId>();
  return certificate.replacements.flatMap((made: Replacement, index) => {
    const what = `replacements.${index + 1}`;
    const population: Population = current.court.has(made.replaced) ? "court" : "outOfCourt";
    if (!current[population].delete(made.replaced))
      return [{ what, certificate: made.replaced, found: "not in the sample" }];
    const due = nextReserve({
      replaced: byName.get(made.replaced)!,
      reserves: certificate.populations[population].reserves.map((name) => byName.get(name)!),
      used,
      variables: certificate.settings.balancedOn,
    });
    if (due === undefined) return compare(what, made.replacement, undefined);
    used.add(due);
    current[population].add(nameOf.get(due)!);
    return compare(what, made.replacement, nameOf.get(due));
  });
};
