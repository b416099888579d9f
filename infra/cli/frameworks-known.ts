/** The frameworks that come with Assay, and those that were adopted where the command looks. */
import { type Adoptions, everyFramework } from "@assay/domain/announcement/offered.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import {
  type Known,
  knownById,
  knownFrom,
  type Versions,
  versions,
} from "@assay/domain/framework/versions.ts";
import { readAdoptions } from "./read-frameworks.ts";
import { readFrameworkDocument } from "@assay/host/framework-file.ts";
import type { Place } from "@assay/host/json-text.ts";
import type { Command } from "commander";

import { type FromData, hasStore } from "./event-store.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { bytesOf } from "./input.ts";
import { readingData, withStore } from "./records.ts";
import type { Terminal } from "./terminal.ts";

/** Where no store is named and there is none, nothing was adopted. */
export const adoptionsIn = async (options: FromData, terminal: Terminal): Promise<Adoptions> =>
  hasStore(options, terminal) ? withStore(options, terminal, readAdoptions) : new Map();

export const frameworksIn = async (options: FromData, terminal: Terminal): Promise<Versions> =>
  everyFramework(await adoptionsIn(options, terminal), versions);

export type Under = FromData & { readonly framework: string };

/** `--framework`: by which document, or else by the newest that comes with Assay. */
export const frameworkOption = (
  command: Command,
  terminal: Terminal,
  about = "the framework whose columns and populations hold",
): Command =>
  readingData(command, terminal).option("--framework <ID>", about, versions.at(-1)!.framework.id);

export const frameworkNamed = async (options: Under, terminal: Terminal): Promise<Framework> => {
  const known = await frameworksIn(options, terminal);
  const found = knownById(options.framework, known);
  if (found) return found.framework;
  throw new WrongUsage(`There is no framework ${options.framework}. Known: ${idsOf(known)}.`);
};

export const idsOf = (known: Versions): string =>
  known.map(({ framework: { id } }) => id).join(", ");

/** A framework by its id, or by a document in a file. Throws WrongUsage for what is neither. */
export const frameworkGiven = async (
  given: string,
  options: FromData,
  terminal: Terminal,
): Promise<Known> => {
  if (given.endsWith(".json") || given === "-") return documentIn(given, terminal);
  const known = await frameworksIn(options, terminal);
  const found = knownById(given, known);
  if (found) return found;
  throw new WrongUsage(`There is no framework ${given}. Known: ${idsOf(known)}; or a .json file.`);
};

/** A document with the places of its parts in the file, in words. */
export type Placed = Known & { readonly placeOf: (path: string) => string };

/** Throws Refused with the line and column of every fault. */
export const documentIn = async (name: string, terminal: Terminal): Promise<Placed> => {
  const read = readFrameworkDocument(await bytesOf(name, terminal));
  const placed = ({ path, line, column }: Place & { readonly path: string }): string =>
    `${path} (line ${line}, column ${column})`.trim();
  if (read.accepted) {
    const placeOf = (path: string) => placed({ path, ...read.placeOf(path) });
    return { ...knownFrom(read.document), placeOf };
  }
  const problems = read.problems.map((each) => ({ place: placed(each), problem: each.problem }));
  throw new Refused(`${name} cannot be a framework:`, problems);
};
