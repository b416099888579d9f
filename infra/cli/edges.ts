/** `assay edges`: keys under which commands are sealed, and the list that services are given. */
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { signerFrom } from "@assay/ledger/keys.ts";
import { verifierKeyOf, writeVerifierKey } from "@assay/ledger/note.ts";
import type { Command } from "commander";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";

/** The console vouches for people; each service for what Assay itself owes. */
const vouching = {
  console: "people",
  announcement: "duties",
  fieldwork: "duties",
  panel: "duties",
  publication: "duties",
} as const;

export const addEdges = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "edges <DIR>",
    summary: "Makes the keys under which commands are sealed, for services on several machines.",
    about:
      "Writes a private key for the console and for each service, and the file trusted-edges " +
      "that every service is given. A key that is there already is kept.",
    examples: ["edges secrets/"],
  });
  jsonOption(command).action((name: string, { json }: ForMachines) => {
    const folder = terminal.pathOf(name);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lines = Object.entries(vouching).map(([edge, whom]) => {
      const signer = signerFrom(edge, keyIn(join(folder, `${edge}-key`)));
      return `${whom} ${writeVerifierKey(verifierKeyOf(signer))}`;
    });
    writeFileSync(join(folder, "trusted-edges"), `${lines.join("\n")}\n`);
    terminal.out(json ? jsonLine({ folder, trustedEdges: lines }) : `${lines.join("\n")}\n`);
    terminal.err(`The keys and trusted-edges are in ${folder}. docs/cluster.md says where to.\n`);
  });
};

const keyIn = (path: string): string => {
  if (existsSync(path)) return readFileSync(path, "utf8");
  const { privateKey } = generateKeyPairSync("ed25519");
  const text = privateKey.export({ format: "pem", type: "pkcs8" }) as string;
  writeFileSync(path, text, { mode: 0o600, flag: "wx" });
  return text;
};
