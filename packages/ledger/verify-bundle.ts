/**
 * Judges an audit bundle offline: every digest, leaf, order, proof, signature and decision, and the
 * ratings. It says what it worked out again, what it only compared, and what cannot be checked from
 * the file. Pure, needs no store, runs in Node and in a browser alike.
 */

import type { Bundle } from "./bundle.ts";
import type { Case, Finding, TrustedEdge, VerifyOptions } from "./check.ts";
import { checkAuthority, checkSeal } from "./check-authority.ts";
import {
  checkCheckpoints,
  checkConsistency,
  checkTimestamps,
  checkWitnesses,
} from "./check-checkpoints.ts";
import { checkDecisions, checkSenders, decidedOnce } from "./check-decisions.ts";
import { checkDisclosures, checkEvents, checkOrder } from "./check-events.ts";
import { checkCertificates, checkFramework, checkRatings } from "./check-ratings.ts";
import { parseVerifierKey, type VerifierKey, verifyEd25519 } from "./note.ts";
import { malformed } from "./fault.ts";
import { inWords, syntaxFault } from "./json-fault.ts";
import { readBundle } from "./read-bundle.ts";

/** One thing that was checked. `detail` says what was found, in words. */
export type Check = { readonly name: string; readonly holds: boolean; readonly detail: string };

export type Counts = {
  /** Worked out again from other things in the file, and the same. */
  readonly recomputed: number;
  /** Found to agree with something else, and worked out from nothing. */
  readonly compared: number;
  /** What cannot be checked from this file: one for each caveat. */
  readonly unchecked: number;
};

export type Report = {
  /** Whether nothing is wrong. */
  readonly holds: boolean;
  /** Whether nothing is wrong and nothing is left over: only then everything holds. */
  readonly complete: boolean;
  readonly inspection: string;
  readonly checks: readonly Check[];
  /** What cannot be checked from this file. */
  readonly caveats: readonly string[];
  /** Whom a reader still has to trust, and for what. */
  readonly trust: readonly string[];
  readonly counts: Counts;
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
  ["decisions", checkDecisions],
  ["senders", checkSenders],
  ["certificates", checkCertificates],
  ["disclosures", checkDisclosures],
  ["ratings", checkRatings],
];

/**
 * What holds of the bundle and what does not. Never throws for anything in the bundle; throws a
 * LedgerFault for a trusted key that is malformed.
 */
export const verifyBundle = (file: string | Uint8Array, options: VerifyOptions = {}): Report => {
  const { trusted, edges } = trustedIn(options.trusted ?? []);
  let bundle: Bundle;
  try {
    bundle = readBundle(textOf(file));
  } catch (cause) {
    const check = { name: "form", holds: false, detail: messageOf(cause) };
    return reportOf("unknown", [check], []);
  }
  const verify = options.verifySignature ?? verifyEd25519;
  const decided = decidedOnce(bundle, options);
  const matter: Case = { bundle, trusted, edges, decided, options, verify };
  const form = { name: "form", holds: true, detail: `${bundle.format}, canonical JSON` };
  const found = checks.map(([name, check]) => ({ name, finding: run(check, matter) }));
  const results = [form, ...found.map(({ name, finding }) => ({ name, ...judge(finding) }))];
  return reportOf(
    bundle.inspection,
    results,
    found.map(({ finding }) => finding),
  );
};

/** Keys as they are given; `people` or `duties` says of the next one that it is an edge's. */
const trustedIn = (words: readonly string[]) => {
  const trusted: VerifierKey[] = [];
  const edges: TrustedEdge[] = [];
  let vouchesFor: TrustedEdge["vouchesFor"] | undefined;
  for (const word of words.flatMap((each) => each.trim().split(/\s+/))) {
    if (word === "people" || word === "duties") vouchesFor = word;
    else if (vouchesFor) {
      edges.push({ vouchesFor, key: parseVerifierKey(word) });
      vouchesFor = undefined;
    } else trusted.push(parseVerifierKey(word));
  }
  return { trusted, edges };
};

const reportOf = (
  inspection: string,
  results: readonly Check[],
  findings: readonly Finding[],
): Report => {
  const caveats = findings.flatMap((finding) => finding.caveats ?? []);
  const sum = (word: "recomputed" | "compared"): number =>
    findings.reduce((total, finding) => total + (finding[word] ?? 0), 0);
  const holds = results.every((check) => check.holds);
  return {
    holds,
    complete: holds && caveats.length === 0,
    inspection,
    checks: results,
    caveats,
    trust: findings.flatMap((finding) => finding.trust ?? []),
    counts: {
      recomputed: sum("recomputed"),
      compared: sum("compared"),
      unchecked: caveats.length,
    },
  };
};

/** What the report comes to, in words: whether everything holds is said only where it is so. */
export const verdictOf = ({ holds, complete, checks: results, counts }: Report): string => {
  if (complete) return "everything holds";
  const { unchecked } = counts;
  if (holds)
    return `nothing is wrong, and ${unchecked} ${unchecked === 1 ? "thing is" : "things are"} left over`;
  const failed = results.filter((check) => !check.holds).length;
  return `${failed} of ${results.length} checks fail`;
};

/** How much was done, in the three words that `docs/ledger.md` explains. */
export const countsInWords = ({ counts }: Report): string =>
  `recomputed: ${counts.recomputed}; compared: ${counts.compared}; ` +
  `cannot be checked from this file: ${counts.unchecked}`;

/** The report for a person, on one screen: a line for each check, then what was left open. */
export const printReport = (report: Report): string => {
  const { inspection, checks: results, caveats, trust } = report;
  const width = Math.max(...results.map(({ name }) => name.length));
  return [
    `Audit bundle of ${inspection}`,
    ...results.map(
      (check) =>
        `  ${check.holds ? "holds" : "FAILS"}  ${check.name.padEnd(width)}  ${check.detail}`,
    ),
    ...caveats.map((caveat) => `  cannot be checked from this file: ${caveat}`),
    ...trust.map((whom) => `  you still have to trust ${whom}`),
    `${countsInWords(report)}: ${verdictOf(report)}`,
    "",
  ].join("\n");
};

const textOf = (file: string | Uint8Array): string => {
  if (typeof file === "string") return file;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(file);
  } catch (cause) {
    const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(file);
    const before = text.slice(0, text.indexOf("\ufffd"));
    const byte = new TextEncoder().encode(before).length;
    const fault = syntaxFault(`${before}"`) ?? { byte, pointer: "" };
    throw malformed(`the file is not UTF-8 ${inWords({ ...fault, byte })}`, cause);
  }
};

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
