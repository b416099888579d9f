/** `assay doctor`: everything that an installation needs, checked with the services' settings. */
import { readFileSync } from "node:fs";

import { type Environment, Misconfigured } from "@assay/host/environment.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import {
  identityFindings,
  keyFindings,
  mailFindings,
  publisherFindings,
  secretFindings,
  writable,
} from "./doctor-own.ts";
import { natsFindings, storeFindings } from "./doctor-servers.ts";
import { type Finding, findingsTable, wrong } from "./examined.ts";
import type { Terminal } from "./terminal.ts";

export const addDoctor = (program: Command, { terminal, finish }: Context): void => {
  const command = introduce(program, {
    name: "doctor",
    summary: "Checks everything that an installation needs: servers, rights, keys, secrets, disks.",
    about:
      "It reads the services' own settings from the environment, files and all, and changes\n" +
      "nothing. Run it where a service runs, with what that service is given. Ends with 1 when\n" +
      "anything is wrong.",
    examples: ["doctor", "doctor --json"],
  });
  jsonOption(command).action(async ({ json }: ForMachines) => {
    const findings = await examine(terminal);
    const broken = findings.filter(({ state }) => state === "wrong").length;
    const end = broken === 0 ? "Nothing is wrong." : `${broken} wrong.`;
    terminal.out(json ? jsonLine(findings) : `${findingsTable(findings, terminal)}\n\n${end}\n`);
    if (broken > 0) finish(1);
  });
};

const examine = async (terminal: Terminal): Promise<readonly Finding[]> => {
  const problems = settingsOf(terminal);
  if (problems.length > 0) return problems;
  const environment = withFiles(terminal.environment ?? {});
  const { store, nats, replicas = 1 } = terminal.services ?? {};
  const folder = environment["DATA_DIR"];
  const all = await Promise.all([
    storeFindings(store),
    natsFindings(nats, replicas),
    keyFindings(terminal),
    publisherFindings(environment, terminal),
    mailFindings(environment),
    identityFindings(terminal),
    ...(folder === undefined ? [] : [writable("data folder", folder)]),
  ]);
  return [...secretFindings(environment), ...all.flat()];
};

const settingsOf = (terminal: Terminal): readonly Finding[] => {
  try {
    void terminal.services;
    return [];
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    return error.problems.map((problem) => wrong("settings", problem, "docs/cluster.md"));
  }
};

/** Names whose file holds the value: each is given as the value. */
const withFiles = (environment: Environment): Environment =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) =>
      name.endsWith("_FILE") && value
        ? [name.slice(0, -"_FILE".length), readFileSync(value, "utf8").trim()]
        : [name, value],
    ),
  );
