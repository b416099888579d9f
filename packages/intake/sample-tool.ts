/**
 * What an analyst does with a case list outside an inspection: draw a sample from a file, and
 * verify a certificate against one. Text in, data and a readable page out.
 */
import type { CaseListSettings } from "@assay/domain/framework/case-list-settings.ts";
import { Digest } from "@assay/domain/kernel/ids.ts";
import { Day } from "@assay/domain/kernel/instants.ts";
import { certificatePage, verificationPage } from "@assay/domain/sampling/certificate-page.ts";
import { certificateOf } from "@assay/domain/sampling/certificate.ts";
import { type AnyCertificate, inItsFormat } from "@assay/domain/sampling/certificate-format-1.ts";
import { drawSample } from "@assay/domain/sampling/draw.ts";
import type { Progress } from "@assay/domain/sampling/import.ts";
import type { Problem } from "@assay/domain/sampling/table-record.ts";
import { repeatedIn, repeatedInWords } from "@assay/domain/sampling/list-questions.ts";
import type { SizeOverrides } from "@assay/domain/sampling/sizes.ts";
import { Beacon, Nonce } from "@assay/domain/sampling/stream.ts";
import { type Verification, verifyCertificate } from "@assay/domain/sampling/verify-certificate.ts";

import { readCaseList } from "./case-list-file.ts";

/** A wrong input, put into words; `problems` where it is the list. */
export type Failed = {
  readonly ok: false;
  readonly problems: readonly Problem[];
  readonly page: string;
};

export type DrawFromFile = {
  readonly list: string | Uint8Array;
  /** As typed: a day, hexadecimal digits in any case. */
  readonly fieldworkStart: string;
  readonly nonce: string;
  readonly beacon?: string | undefined;
  readonly settings: CaseListSettings;
  readonly overrides?: SizeOverrides | undefined;
  /** Somebody said that many cases are in the list twice. */
  readonly repeatsAreRight?: boolean | undefined;
  readonly progress?: Progress;
};

/** The certificate names cases by the provider's references. */
export const drawFromFile = (
  request: DrawFromFile,
): { readonly ok: true; readonly certificate: AnyCertificate; readonly page: string } | Failed => {
  const { settings, overrides } = request;
  const fieldworkStart = Day.safeParse(request.fieldworkStart);
  if (!fieldworkStart.success) return failed("The start of fieldwork is a day such as 2021-05-24.");
  const nonce = Nonce.safeParse(request.nonce.toLowerCase());
  if (!nonce.success) return failed("The nonce is 1 to 64 bytes, two hexadecimal digits each.");
  const beacon = Beacon.optional().safeParse(request.beacon?.toLowerCase());
  if (!beacon.success) return failed("The beacon is 1 to 512 bytes, two hexadecimal digits each.");
  const imported = readCaseList({ content: request.list, settings, ...progressOf(request) });
  if (!imported.accepted) return unclean(imported.problems);
  const repeated = request.repeatsAreRight ? [] : repeatedIn(imported.rows, settings);
  if (repeated.length > 0) return failed(`${repeated.map(repeatedInWords).join(".\n")}.`);
  const draw = drawSample({
    rows: imported.rows,
    fieldworkStart: fieldworkStart.data,
    nonce: nonce.data,
    beacon: beacon.data,
    settings,
    overrides,
  });
  const certificate = inItsFormat(certificateOf({ draw, nonce: nonce.data, rows: imported.rows }));
  return { ok: true, certificate, page: certificatePage(certificate) };
};

export type VerifyFromFile = {
  readonly certificate: string;
  readonly list: string | Uint8Array;
  /** Of the framework under which the inspection was announced; never the certificate's own. */
  readonly settings: CaseListSettings;
  /** The commitment that was published with the announcement. */
  readonly commitment?: string | undefined;
  readonly progress?: Progress;
};

export const verifyFromFile = (
  request: VerifyFromFile,
): { readonly ok: true; readonly verification: Verification; readonly page: string } | Failed => {
  const certificate = jsonOf(request.certificate);
  if (certificate === undefined) return failed("The certificate is not well-formed JSON.");
  const commitment = Digest.optional().safeParse(request.commitment?.toLowerCase());
  if (!commitment.success) return failed("The commitment is 64 hexadecimal digits.");
  const { settings } = request;
  const imported = readCaseList({ content: request.list, settings, ...progressOf(request) });
  if (!imported.accepted) return unclean(imported.problems);
  const published = { settings, commitment: commitment.data };
  const verification = verifyCertificate(certificate, imported.rows, published);
  return { ok: true, verification, page: verificationPage(verification) };
};

const progressOf = ({ progress }: { readonly progress?: Progress }) =>
  progress === undefined ? {} : { progress };

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const failed = (page: string): Failed => ({ ok: false, problems: [], page: `${page}\n` });

const unclean = (problems: readonly Problem[]): Failed => ({
  ok: false,
  problems,
  page: problemsPage(problems),
});

/** The list's problems, one to a line, in the order of the file. */
export const problemsPage = (problems: readonly Problem[]): string => {
  const sorted = [...problems].sort((a, b) => a.line - b.line || (a.column ?? 0) - (b.column ?? 0));
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [`${count}: nothing was imported.`, ...sorted.map(problemLine), ""].join("\n");
};

const problemLine = ({ line, column, header, value, expected, code }: Problem): string => {
  const place = column === undefined ? "" : `, column ${column}`;
  const name = header === undefined || header === "" ? "" : ` (${header})`;
  const found = value === "" ? "" : `: ${JSON.stringify(value)}`;
  return `line ${line}${place}${name}${found}: ${code}, expected ${expected}`;
};
