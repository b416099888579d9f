/** Files and what is piped in, read whole. What cannot be read is named, with what to do. */
import { readFile } from "node:fs/promises";

import { type Problem, Refused, WrongUsage } from "./failure.ts";
import { type JsonText, readJson } from "@assay/host/json-text.ts";
import type { Terminal } from "./terminal.ts";

/** The file's bytes; `-` is what is piped in. */
export const bytesOf = async (name: string, terminal: Terminal): Promise<Uint8Array> => {
  if (name === "-") return terminal.stdin();
  try {
    return await readFile(terminal.pathOf(name));
  } catch (error) {
    throw new WrongUsage(`Cannot read ${name}: ${reasonOf(error)}`, { cause: error });
  }
};

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file. Check its name, or give - to read what is piped in.",
  EISDIR: "it is a folder. Name a file in it.",
  EACCES: "permission is denied.",
};

const reasonOf = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  return reasons[code ?? ""] ?? message;
};

export type JsonFile = Extract<JsonText, { ok: true }> & {
  /** The problems of this file, each with its line. */
  readonly refusal: (what: string, problems: readonly Problem[]) => Refused;
};

/** A file's JSON. Throws Refused with line and column where it is malformed. */
export const jsonOf = async (name: string, terminal: Terminal): Promise<JsonFile> => {
  const called = name === "-" ? "what is piped in" : name;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await bytesOf(name, terminal));
  } catch (error) {
    if (error instanceof WrongUsage) throw error;
    throw new Refused(`${called} is not text in UTF-8.`, [], { cause: error });
  }
  const read = readJson(text);
  if (!read.ok) {
    const place = `line ${read.line}, column ${read.column}`;
    throw new Refused(`${called} is not well-formed JSON.`, [{ place, problem: read.problem }]);
  }
  const refusal = (what: string, problems: readonly Problem[]) =>
    new Refused(
      what,
      problems.map(({ place, problem }) => {
        const { line, column } = read.placeOf(place);
        return { place: `${place} (line ${line}, column ${column})`, problem };
      }),
    );
  return { ...read, refusal };
};
