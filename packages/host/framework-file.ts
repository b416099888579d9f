/** A framework's document from a file, with every fault at its line and column. */
import {
  type AnyDocument,
  documentDigest,
  DocumentToAdopt,
  schemaFor,
} from "@assay/domain/framework/versions.ts";
import { issuesOf } from "./schema.ts";

import { type Place, readJson } from "./json-text.ts";

export type DocumentProblem = {
  readonly line: number;
  readonly column: number;
  /** Such as `standards.0.scale`; empty where it is no JSON, or not even an object. */
  readonly path: string;
  readonly problem: string;
};

export type DocumentRead =
  | {
      readonly accepted: true;
      readonly document: AnyDocument;
      readonly digest: string;
      /** Where a part stands, such as `standards.0.scale`. */
      readonly placeOf: (path: string) => Place;
    }
  | { readonly accepted: false; readonly problems: readonly DocumentProblem[] };

export const readFrameworkDocument = (content: Uint8Array): DocumentRead => {
  const text = textIn(content);
  if (text === undefined) return refused({ line: 1, column: 1 }, "it is not text in UTF-8");
  const json = readJson(text);
  if (!json.ok) return refused(json, json.problem);
  const shaped = schemaFor(json.value).safeParse(json.value);
  const read = shaped.success ? DocumentToAdopt.safeParse(json.value) : shaped;
  if (read.success)
    return {
      accepted: true,
      document: read.data,
      digest: documentDigest(read.data),
      placeOf: json.placeOf,
    };
  const problems = issuesOf(read.error).map(({ path, message }) => {
    const { line, column } = json.placeOf(path);
    const problem = isAbsent(json.value, path) ? "it is missing" : message;
    return { line, column, path, problem };
  });
  return { accepted: false, problems };
};

/** Whether nothing stands at the place, and what it would stand in is there. */
const isAbsent = (document: unknown, path: string): boolean => {
  let within: unknown = document;
  for (const name of path.split(".")) {
    if (typeof within !== "object" || within === null) return false;
    within = (within as Readonly<Record<string, unknown>>)[name];
  }
  return within === undefined;
};

const textIn = (content: Uint8Array): string | undefined => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
};

const refused = (
  { line, column }: { readonly line: number; readonly column: number },
  problem: string,
): DocumentRead => ({ accepted: false, problems: [{ line, column, path: "", problem }] });
