/**
 * Checks a certificate against the case list by drawing again. What differs is named; nothing in
 * the certificate is taken on trust but the nonce, which the commitment holds.
 */
import type { z } from "zod";

import type { CaseListSettings } from "../framework/case-list-settings.ts";
import { purposesOf, textIn } from "../framework/columns.ts";
import { variablesOf } from "./balance.ts";
import { isOfRound } from "./beacon.ts";
import { Certificate, certificateOf, type Replacement } from "./certificate.ts";
import { certificateOfFormat1, CertificateOfFormat1 } from "./certificate-format-1.ts";
import { type CaseRow, digestOf } from "./case-list.ts";
import { algorithm, drawSample } from "./draw.ts";
import { nextReserve, type Profiled } from "./reserves.ts";
import { commitmentTo, seedFrom } from "./stream.ts";
import { type CaseId, caseIdOf, type Digest } from "../kernel/ids.ts";
import { canonicalJson } from "../kernel/canonical.ts";

/** One thing that is not as it should be: what is on record, and what was found instead. */
type Difference = {
  /** `list`, `nonce`, `seed`, `commitment` …, or a path such as `cases.sample`. */
  readonly what: string;
  readonly certificate: string;
  readonly found: string;
};

export type Verification =
  | { readonly equal: true }
  | { readonly equal: false; readonly differences: readonly Difference[] };

/** What is known from elsewhere, so that it need not be taken from the certificate. */
export type Published = {
  /** Of the framework under which the inspection was announced. */
  readonly settings: CaseListSettings;
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
  const parsed = readCertificate(certificate);
  if (!parsed.success) return verdict(parsed.error.issues.map(formatDifference));
  const foundations = foundationsOf(parsed.data, rows, published);
  if (foundations.length > 0) return verdict(foundations);
  return verdict(redrawn(parsed.data, rows));
};

type Read =
  | { readonly success: true; readonly data: Certificate }
  | { readonly success: false; readonly error: z.ZodError };

/** A certificate of either format, as one of today. */
const readCertificate = (certificate: unknown): Read => {
  const format = (certificate as { readonly format?: unknown } | null)?.format;
  if (format === Certificate.shape.format.value) return Certificate.safeParse(certificate);
  const former = CertificateOfFormat1.safeParse(certificate);
  return former.success
    ? { success: true, data: certificateOfFormat1(former.data) }
    : { success: false, error: former.error };
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
    ...compare("list", listDigest, digestOf(rows, certificate.settings.columns)),
    ...(kept
      ? compare("seed", seed, follows)
      : compare(seed === follows ? "commitment" : "nonce", commitment, commitmentTo(nonce))),
    ...conductDifferences(certificate),
    ...compare("settings", inOrder(certificate.settings), inOrder(published.settings)),
    ...compare("published commitment", published.commitment ?? commitment, commitment),
  ];
};

const inOrder = ({ columns, populations }: CaseListSettings): string =>
  canonicalJson({ columns, populations });

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
    overrides: Object.fromEntries(
      Object.entries(populations).flatMap(
        ([
          name,
          {
            sizing: { override },
          },
        ]) => (override ? [[name, override]] : []),
      ),
    ),
  });
  const named = certificate.naming === "reference" ? rows : undefined;
  const again = Certificate.parse(certificateOf({ draw, nonce, rows: named }));
  const parts = Object.entries(again.populations).flatMap(([population, drawn]) =>
    membersThatDiffer(`${population}.`, populations[population] ?? {}, drawn),
  );
  const names = Object.keys(again.populations);
  const differences = [
    ...compare("rows", certificate.rows, rows.length),
    ...compare("populations", Object.keys(populations), names),
    ...parts,
  ];
  return differences.length > 0 ? differences : replacementDifferences(certificate, rows);
};

/** Follows the replacements one by one through the reserves, as they had to be made. */
const replacementDifferences = (
  certificate: Certificate,
  rows: readonly CaseRow[],
): readonly Difference[] => {
  const { columns, populations } = certificate.settings;
  const { reference } = purposesOf(columns);
  const byName = new Map(
    rows.map((row, index): [string, Profiled] => {
      const id = caseIdOf(index + 1);
      const name = certificate.naming === "reference" ? textIn(row, reference) : id;
      return [name, { case: id, row }];
    }),
  );
  const nameOf = new Map([...byName].map(([name, each]) => [each.case, name]));
  const current = new Map(
    populations.map(({ name }) => [name, new Set(certificate.populations[name]!.sample)]),
  );
  const used = new Set<CaseId>();
  return certificate.replacements.flatMap((made: Replacement, index) => {
    const what = `replacements.${index + 1}`;
    const population = populations.find(({ name }) => current.get(name)!.has(made.replaced));
    if (!population) return [{ what, certificate: made.replaced, found: "not in the sample" }];
    const sample = current.get(population.name)!;
    sample.delete(made.replaced);
    const due = nextReserve({
      replaced: byName.get(made.replaced)!,
      reserves: certificate.populations[population.name]!.reserves.map((name) => byName.get(name)!),
      used,
      variables: variablesOf(population.balancedOn, columns),
    });
    if (due === undefined) return compare(what, made.replacement, undefined);
    used.add(due);
    sample.add(nameOf.get(due)!);
    return compare(what, made.replacement, nameOf.get(due));
  });
};

/** Every member of what was found is compared; those beside them are not. */
const membersThatDiffer = <Found extends object>(
  prefix: string,
  recorded: Partial<NoInfer<Found>>,
  found: Found,
): readonly Difference[] =>
  (Object.keys(found) as (keyof Found & string)[]).flatMap((name) =>
    compare(`${prefix}${name}`, recorded[name], found[name]),
  );

const compare = (what: string, recorded: unknown, found: unknown): readonly Difference[] => {
  const [left, right] = [JSON.stringify(recorded), JSON.stringify(found)];
  return left === right
    ? []
    : [{ what, certificate: left ?? "nothing", found: right ?? "nothing" }];
};
