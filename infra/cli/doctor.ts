/** `assay doctor`: everything that an installation needs, checked with the services' settings. */
import { type Environment, Misconfigured } from "@assay/host/environment.ts";
import { type Secrets, secretsIn } from "@assay/host/membership.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import {
  identityFindings,
  installationFindings,
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
      "anything is wrong, or nothing is set.",
    examples: ["doctor", "doctor --json"],
  });
  jsonOption(command).action(async ({ json }: ForMachines) => {
    const findings = await examine(terminal);
    const end = endOf(findings);
    terminal.out(json ? jsonLine(findings) : `${findingsTable(findings, terminal)}\n\n${end}\n`);
    if (end !== nothingWrong) finish(1);
  });
};

const nothingWrong = "Nothing of what was checked is wrong.";

/** Where there is nothing to check, nothing is found to be right either. */
const endOf = (findings: readonly Finding[]): string => {
  const broken = findings.filter(({ state }) => state === "wrong").length;
  if (broken > 0) return `${broken} wrong.`;
  if (findings.some(({ state }) => state !== "unset")) return nothingWrong;
  return "Nothing was checked: none of a service's settings is here. Run it with what one is given.";
};

const examine = async (terminal: Terminal): Promise<readonly Finding[]> => {
  const read = settingsOf(terminal);
  if ("problems" in read) return read.problems;
  const { secrets, environment } = read;
  const { store, nats, replicas = 1 } = terminal.services ?? {};
  const folder = secrets.DATA_DIR;
  const all = await Promise.all([
    storeFindings(store),
    natsFindings(nats, replicas),
    keyFindings(terminal),
    installationFindings(secrets, terminal),
    publisherFindings(secrets, terminal),
    mailFindings(environment),
    identityFindings(terminal),
    ...(folder === undefined ? [] : [writable("data folder", folder)]),
  ]);
  return [...secretFindings(secrets), ...all.flat()];
};

type Read =
  | { readonly secrets: Secrets; readonly environment: Environment }
  | { readonly problems: readonly Finding[] };

const settingsOf = (terminal: Terminal): Read => {
  try {
    void terminal.services;
    const { environment = {} } = terminal;
    return { secrets: secretsIn(environment), environment };
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    const todo = "docs/cluster.md";
    return { problems: error.problems.map((problem) => wrong("settings", problem, todo)) };
  }
};
