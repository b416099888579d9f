/**
 * Judges an audit bundle offline: every digest, leaf, order, proof and signature, and the ratings
 * computed again. Pure, needs no store, runs in Node and in a browser alike.
 */

import type { Bundle } from "./bundle.ts";
import type { Case, Finding, VerifyOptions } from "./check.ts";
import { checkAuthority, checkSeal } from "./check-authority.ts";
import {
  checkCheckpoints,
  checkConsistency,
  checkTimestamps,
  checkWitnesses,
} from "./check-checkpoints.ts";
import { checkDisclosures, checkEvents, checkOrder } from "./check-events.ts";
import { checkCertificates, checkFramework, checkRatings } from "./check-ratings.ts";
import { parseVerifierKey, verifyEd25519 } from "./note.ts";
import { readBundle } from "./read-bundle.ts";

/** One thing that was checked. `detail` says what was found, in words. */
export type Check = { readonly name: string; readonly holds: boolean; readonly detail: string };

export type Report = {
  /** Whether every check holds. Read `caveats` for what was not checked. */
  readonly holds: boolean;
  readonly inspection: string;
  readonly checks: readonly Check[];
  readonly caveats: readonly string[];
};

const checks: readonly (readonly [name: string, check: (matter: Case) => Finding])[] = [
  ["seal", checkSeal],
  ["authority", checkAuthority],
  ["events", checkEvents],
  ["order", checkOrder],
  ["checkpoints", checkCheckpoints],
  ["consistency", checkConsistency],
  ["witnesses", checkWitnesses],
  ["timestamps", checkTimestamps],
  ["framework", checkFramework],
  ["certificates", checkCertificates],
  ["disclosures", checkDisclosures],
  ["ratings", checkRatings],
];

/**
 * What holds of the bundle and what does not. Never throws for anything in the bundle; throws a
 * LedgerFault for a trusted key that is malformed.
 */
export const verifyBundle = (file: string | Uint8Array, options: VerifyOptions = {}): Report => {
  const trusted = (options.trusted ?? []).map(parseVerifierKey);
  let bundle: Bundle;
  try {
    bundle = readBundle(textOf(file));
  } catch (cause) {
    const check = { name: "form", holds: false, detail: messageOf(cause) };
    return { holds: false, inspection: "unknown", checks: [check], caveats: [] };
  }
  const verify = options.verifySignature ?? verifyEd25519;
  const matter: Case = { bundle, trusted, options, verify };
  const form = { name: "form", holds: true, detail: `${bundle.format}, canonical JSON` };
  const found = checks.map(([name, check]) => ({ name, finding: run(check, matter) }));
  const results = [form, ...found.map(({ name, finding }) => ({ name, ...judge(finding) }))];
  return {
    holds: results.every(({ holds }) => holds),
    inspection: bundle.inspection,
    checks: results,
    caveats: found.flatMap(({ finding }) => finding.caveats ?? []),
  };
};

/** The report for a person, on one screen: a line for each check, then what was left open. */
export const printReport = ({ holds, inspection, checks: results, caveats }: Report): string => {
  const width = Math.max(...results.map(({ name }) => name.length));
  const failed = results.filter((check) => !check.holds).length;
  const verdict = holds ? "everything holds" : `${failed} of ${results.length} checks fail`;
  return [
    `Audit bundle of ${inspection}: ${verdict}`,
    ...results.map(
      (check) =>
        `  ${check.holds ? "holds" : "FAILS"}  ${check.name.padEnd(width)}  ${check.detail}`,
    ),
    ...caveats.map((caveat) => `  note   ${caveat}`),
    "",
  ].join("\n");
};

const textOf = (file: string | Uint8Array): string =>
  typeof file === "string"
    ? file
    : new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file);

const run = (check: (matter: Case) => Finding, matter: Case): Finding => {
  try {
    return check(matter);
  } catch (cause) {
    return { problems: [messageOf(cause)], summary: "" };
  }
};

const judge = ({ problems, summary }: Finding): Omit<Check, "name"> => {
  if (problems.length === 0) return { holds: true, detail: summary };
  const shown = problems.slice(0, 3).join("; ");
  const more = problems.length > 3 ? `; and ${problems.length - 3} more` : "";
  return { holds: false, detail: `${shown}${more}` };
};

const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : String(cause);
