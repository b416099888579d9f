/**
 * A list in JSON, laid out as a table: an array of objects, or an object with one under the name of
 * what it lists, such as `cases`.
 */
import { malformed, type Table } from "./table.ts";

export const tableOfJson = (text: string): Table => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text, asWritten);
  } catch (error) {
    return { records: [], problem: malformed(lineOfFault(text, error), "well-formed JSON") };
  }
  const cases = casesIn(parsed);
  if (cases === undefined)
    return { records: [], problem: malformed(1, "an array of objects, one for each row") };
  const headers = headersOf(cases);
  if (headers.length > mostHeaders)
    return { records: [], problem: malformed(1, `at most ${mostHeaders} different names`) };
  const lines = linesOfObjects(text);
  const body = cases.map((each, index) => ({
    line: lines[index] ?? index + 1,
    cells: headers.map((header) => cellOf(each[header])),
  }));
  return { records: [{ line: 1, cells: headers }, ...body] };
};

/** A number as its digits stand in the text: JSON's own numbers lose those beyond the fifteenth. */
const asWritten = (_: string, value: unknown, context?: { readonly source?: string }): unknown =>
  typeof value === "number" ? (context?.source ?? value) : value;

/** More than any table has. Each row gets a cell for each. */
const mostHeaders = 200;

/** One more than allowed where there are more. */
const headersOf = (cases: readonly JsonCase[]): readonly string[] => {
  const found = new Set<string>();
  for (const each of cases)
    for (const name of Object.keys(each)) {
      found.add(name);
      if (found.size > mostHeaders) return [...found];
    }
  return [...found];
};

const names = ["cases", "judgements", "services", "inspectors"] as const;

type JsonCase = { readonly [key: string]: unknown };

const casesIn = (parsed: unknown): readonly JsonCase[] | undefined => {
  const held = parsed as Readonly<Record<string, unknown>> | null;
  const list = Array.isArray(parsed) ? parsed : names.map((name) => held?.[name]).find(Boolean);
  return Array.isArray(list) && list.every(isCase) ? list : undefined;
};

const isCase = (value: unknown): value is JsonCase =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const cellOf = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** The line on which each case begins: cases are the objects directly in an array. */
const linesOfObjects = (text: string): readonly number[] => {
  const lines: number[] = [];
  const open: string[] = [];
  let line = 1;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}\n]/g)) {
    if (token === "\n") line += 1;
    else if (token === "[" || token === "{") {
      if (token === "{" && open.at(-1) === "[" && !open.slice(0, -1).includes("["))
        lines.push(line);
      open.push(token);
    } else if (token === "]" || token === "}") open.pop();
  }
  return lines;
};

/** V8 tells the place of most faults; otherwise the text ended too soon. */
const lineOfFault = (text: string, error: unknown): number => {
  const place = /position (\d+)/.exec(error instanceof Error ? error.message : "")?.[1];
  return text.slice(0, place === undefined ? undefined : Number(place)).split("\n").length;
};
