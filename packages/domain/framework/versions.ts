/**
 * The frameworks that an engine knows: those that come with it, and those that were adopted. An
 * inspection pins one, with its whole document, when it is announced.
 */
import { z } from "zod";

import { digestOf } from "../kernel/canonical.ts";
import type { Digest } from "../kernel/ids.ts";
import type { Day } from "../kernel/instants.ts";
import { unprintableIn, unprintableInWords } from "../kernel/printed.ts";
import { type Framework, FrameworkDocument } from "./document.ts";
import { announcementLetter, documentOfFormat1, FrameworkVersion } from "./format-1.ts";
import { shipped } from "./shipped.ts";

/** A document of any format, as it was adopted. */
export const AnyDocument = z.union([FrameworkDocument, FrameworkVersion]);
export type AnyDocument = z.infer<typeof AnyDocument>;

/** By which schema a document is read: what names no format is of the first. */
export const schemaFor = (document: unknown): z.ZodType<AnyDocument> =>
  typeof document === "object" && document !== null && "format" in document
    ? FrameworkDocument
    : FrameworkVersion;

/** A document that somebody sends, by the schema of its format, with each place that is wrong. */
export const DocumentToAdopt = z.unknown().transform((given, context): AnyDocument => {
  const read = schemaFor(given).safeParse(given);
  const issues = read.success ? unprintableTexts(read.data, []) : read.error.issues;
  if (read.success && issues.length === 0) return read.data;
  for (const { path, message } of issues)
    context.addIssue({ code: "custom", path: [...path], message });
  return z.NEVER;
});

/** Each text of the document that a report could not print, by its place. */
const unprintableTexts = (part: unknown, path: readonly PropertyKey[]): readonly Issue[] => {
  if (typeof part === "string") {
    const found = unprintableIn(part);
    return found ? [{ path, message: unprintableInWords(found) }] : [];
  }
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]) =>
    unprintableTexts(inner, [...path, Array.isArray(part) ? Number(name) : name]),
  );
};

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/** The document as the engine reads it. */
export const frameworkIn = (document: AnyDocument): Framework =>
  "format" in document ? document : documentOfFormat1(document);

/** What an inspection pins: SHA-256 of the canonical JSON of the whole document. */
export const documentDigest = (document: AnyDocument): Digest => digestOf(document);

/** The letter's template, by its id and by the digest of what it says. */
export const letterTemplateOf = (
  document: AnyDocument,
): { readonly id: string; readonly digest: Digest } =>
  "format" in document
    ? { id: `${document.id}/letter`, digest: digestOf(document.letter) }
    : { id: announcementLetter.id, digest: digestOf(announcementLetter) };

/** A framework with the document that it was read from. */
export type Known = {
  readonly framework: Framework;
  readonly document: AnyDocument;
  readonly digest: Digest;
};

export const knownFrom = (document: AnyDocument): Known => ({
  framework: frameworkIn(document),
  document,
  digest: documentDigest(document),
});

/** By rising first day. */
export type Versions = readonly Known[];

export const versions: Versions = shipped.map(knownFrom);

export const knownById = (id: string, known: Versions = versions): Known | undefined =>
  known.find(({ framework }) => framework.id === id);

export const versionById = (id: string, known: Versions = versions): Framework | undefined =>
  knownById(id, known)?.framework;

/** The framework for an inspection announced on `day`; undefined before the first. */
export const versionOn = (day: Day, known: Versions = versions): Framework | undefined =>
  known.findLast(({ framework }) => framework.from <= day)?.framework;
