/** `assay verify` and `assay bundle`: an audit bundle judged offline, and where to get one. */
import { certificateIn, recomputedRatings } from "@assay/domain/audit/recompute.ts";
import { AnyFact } from "@assay/domain/facts.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { publishedBundles } from "@assay/embedded/data-folder.ts";
import type { Recompute } from "@assay/ledger/check.ts";
import { LedgerFault } from "@assay/ledger/fault.ts";
import { printReport, verifyBundle } from "@assay/ledger/verify-bundle.ts";
import type { Command } from "commander";
import { readFile, writeFile } from "node:fs/promises";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { bytesOf } from "./input.ts";
import { placeNumber } from "./numbers.ts";
import { type FromData, readingData } from "./records.ts";

type VerifyOptions = ForMachines & { readonly key?: readonly string[] };

export const addVerify = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "verify <BUNDLE>",
    summary: "Checks an audit bundle offline: every proof and signature, every rating again.",
    about:
      "It needs no store and no network. Ends with 1 when anything does not hold.\n" +
      "Give the authority's key from elsewhere than the bundle, or it proves itself to itself.",
    examples: [
      "verify data/site/reports/peterborough-2020/1/audit-bundle.json",
      "verify audit-bundle.json --key assay.example+3f2a...",
    ],
  }).option("--key <KEY...>", "verifier keys that you trust, of the authority and its witnesses");
  jsonOption(command).action(async (name: string, { json, key: trusted = [] }: VerifyOptions) => {
    const file = await bytesOf(name, terminal);
    const report = verified(() => verifyBundle(file, { trusted, recompute, recertify }));
    terminal.out(json ? jsonLine(report) : printReport(report));
    if (!report.holds) finish(1);
  });
};

const verified = <Result>(work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    throw new WrongUsage(`--key: ${error.message}`, { cause: error });
  }
};

type Events = Parameters<Recompute>[0];

const factsIn = (events: Events): readonly AnyFact[] =>
  events.map(({ type, data }) => AnyFact.parse({ type, ...data }));

const recompute: Recompute = (events) => recomputedRatings(factsIn(events));

const recertify: Recompute = (events) => {
  const inspection = events.map(({ stream }) => inspectionOf(stream)).find(Boolean);
  const certificate = certificateIn(factsIn(events), inspection ?? "");
  return certificate ? [certificate] : [];
};

type BundleOptions = FromData & { readonly report?: string; readonly out?: string };

export const addBundle = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "bundle <ID>",
    summary: "Prints the audit bundle of a published inspection, or writes it to a file.",
    examples: ["bundle peterborough-2020 --out peterborough.bundle.json"],
  })
    .option("--out <FILE>", "write it there")
    .option("--report <N>", "of the report's versions, the first being 1 (default: the last)");
  readingData(command, terminal).action(async (id: string, options: BundleOptions) => {
    const version = placeNumber("--report", options.report);
    const folder = terminal.pathOf(options.data ?? terminal.dataDir);
    const bundles = await publishedBundles(folder, id);
    const found =
      version === undefined ? bundles.at(-1) : bundles.find((b) => b.version === version);
    if (!found) {
      const there = bundles.map((bundle) => bundle.version).join(", ") || "none";
      throw new Refused(`There is no such bundle of ${id}; published versions: ${there}.`);
    }
    const text = await readFile(found.path, "utf8");
    if (options.out === undefined) return terminal.out(text);
    await writeFile(terminal.pathOf(options.out), text);
    terminal.err(`Wrote version ${found.version} to ${options.out}.\n`);
  });
};
