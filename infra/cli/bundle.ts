/** `assay verify` and `assay bundle`: an audit bundle judged offline, and where to get one. */
import { publishedBundles } from "@assay/console/reading/proofs-in.ts";
import { siteFolder } from "@assay/publication/publishing.ts";
import { type ErasureReport, isErasureCertificate, verifyErasure } from "@assay/ledger/erasure.ts";
import { LedgerFault } from "@assay/ledger/fault.ts";
import { printReport } from "@assay/ledger/verify-bundle.ts";
import { judge } from "@assay/verifier/judge.ts";
import { verifierPage } from "@assay/verifier/verifier-page.ts";
import type { Command } from "commander";
import { readFile, writeFile } from "node:fs/promises";

import {
  type Context,
  type ForMachines,
  giveFile,
  introduce,
  jsonLine,
  jsonOption,
} from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused, WrongUsage } from "./failure.ts";
import { bytesOf } from "./input.ts";
import { placeNumber } from "./numbers.ts";
import { inFolder } from "./records.ts";

type VerifyOptions = ForMachines & { readonly key?: readonly string[]; readonly page?: string };

export const addVerify = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "verify [FILE]",
    summary: "Checks an audit bundle, or the certificate of an erasure, offline.",
    about:
      "Of a bundle every proof and signature is checked, every event decided again by the rules,\n" +
      "and every rating computed again. It needs no store and no network. The last line says what\n" +
      "was recomputed, what was only compared, and what cannot be checked from the file.\n" +
      "Ends with 1 when anything does not hold.\n" +
      "Give the authority's key from elsewhere than the file, or it proves itself to itself.\n" +
      "--page writes a page that does the same with a bundle in a browser, opened from a disk.",
    examples: [
      "verify data/site/reports/peterborough-2020/1/audit-bundle.json",
      "verify audit-bundle.json --key assay.example+3f2a...",
      "verify --page verifier.html",
    ],
  })
    .option(
      "--key <KEY...>",
      "keys that you trust: the authority's, its witnesses', and after people an edge's",
    )
    .option("--page <FILE>", "write the verifier as one HTML file");
  jsonOption(command).action(async (name: string | undefined, options: VerifyOptions) => {
    const { json, key: trusted = [], page } = options;
    if (page !== undefined) {
      await writeFile(terminal.pathOf(page), await verifierPage());
      terminal.err(`Wrote ${page}: open it in a browser.\n`);
    } else if (name === undefined) throw new WrongUsage("Name a bundle, or --page and a file.");
    if (name === undefined) return;
    const file = await bytesOf(name, terminal);
    const text = new TextDecoder().decode(file);
    if (isErasureCertificate(text)) {
      const told = verified(() => verifyErasure(text, trusted));
      terminal.out(json ? jsonLine(told) : erasurePage(told));
      if (!told.holds) finish(1);
      return;
    }
    const report = verified(() => judge(file, trusted));
    terminal.out(json ? jsonLine(report) : printReport(report));
    if (!report.holds) finish(1);
  });
};

const erasurePage = ({ holds, detail, statement, caveats }: ErasureReport): string => {
  if (!statement) return `Certificate of an erasure: FAILS\n  ${detail}\n`;
  const { inspection, fact, texts } = statement;
  const what = fact.of ?? "every case";
  const ground = fact.ground ?? `kept for ${String(fact.keptMonths)} months`;
  return [
    `Certificate of the erasure of ${what} of ${inspection}: ${holds ? "holds" : "FAILS"}`,
    `  by      ${fact.by.id}, ${fact.by.role}, at ${fact.at}`,
    `  ground  ${ground}`,
    `  words   ${texts.length} texts, named by their place and their hash`,
    `  ${holds ? "holds " : "FAILS "}  ${detail}`,
    ...caveats.map((caveat) => `  note    ${caveat}`),
    "",
  ].join("\n");
};

const verified = <Result>(work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    throw new WrongUsage(`--key: ${error.message}`, { cause: error });
  }
};

type BundleOptions = ForMachines & FromData & { readonly report?: string; readonly out?: string };

export const addBundle = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "bundle <ID>",
    summary: "Prints the audit bundle of a published inspection, or writes it to a file.",
    examples: ["bundle peterborough-2020 --out peterborough.bundle.json"],
  })
    .option("--out <FILE>", "write it there")
    .option("--report <N>", "of the report's versions, the first being 1 (default: the last)");
  inFolder(jsonOption(command), terminal).action(async (id: string, options: BundleOptions) => {
    const version = placeNumber("--report", options.report);
    const folder = terminal.pathOf(options.data ?? terminal.dataDir);
    const bundles = await publishedBundles(siteFolder(folder), id);
    const found =
      version === undefined ? bundles.at(-1) : bundles.find((b) => b.version === version);
    if (!found) {
      const there = bundles.map((bundle) => bundle.version).join(", ") || "none";
      throw new Refused(`There is no such bundle of ${id}; published versions: ${there}.`);
    }
    const content = await readFile(found.path, "utf8");
    await giveFile(terminal, { ...options, format: "json", content });
  });
};
