/** `assay identity check`: whether the identity provider is as the settings say. */
import { checkIdentity, type Finding } from "@assay/console/identity/check.ts";
import { Misconfigured } from "@assay/host/environment.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { Refused } from "./failure.ts";
import type { Terminal } from "./terminal.ts";

export const addIdentity = (program: Command, { terminal, finish }: Context): void => {
  const group = introduce(program, {
    name: "identity",
    summary: "The identity provider through which people and systems sign in.",
    examples: ["identity check"],
  });
  const check = introduce(group, {
    name: "check",
    summary: "Tries discovery, keys, clock and client, and lists the addresses to register.",
    about: "Reads the console's own settings (OIDC_ISSUER and the others) from the environment.",
    examples: ["identity check", "identity check --json"],
  });
  jsonOption(check).action(async ({ json }: ForMachines) => {
    const { identity, url } = settingsOf(terminal);
    if (!identity) throw new Refused("No provider is named: OIDC_ISSUER is not set.");
    const findings = await checkIdentity(identity, url!);
    terminal.out(json ? jsonLine(findings) : findings.map(lineOf).join(""));
    if (findings.some(({ well }) => well === false)) finish(1);
  });
};

const settingsOf = ({ identity }: Terminal) => {
  try {
    return identity?.() ?? { identity: undefined, url: undefined };
  } catch (error) {
    if (error instanceof Misconfigured) throw new Refused(error.message);
    throw error;
  }
};

const lineOf = ({ what, well, said }: Finding): string =>
  `${well === false ? "WRONG" : well ? "ok   " : "     "}  ${what}: ${said}\n`;
