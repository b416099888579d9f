/** `assay keys`: the keys under which this data folder signs, and the change to a new one. */
import { storePath } from "@assay/embedded/data-folder.ts";
import { LedgerFault } from "@assay/ledger/fault.ts";
import { handOver, knownKeys, type PublicFile, rotateKeyring } from "@assay/ledger/keys.ts";
import { keyIdOf, parseVerifierKey } from "@assay/ledger/note.ts";
import { openRotation } from "@assay/ledger/rotation.ts";
import { SignerAway, signerAt } from "@assay/ledger/signing-agent.ts";
import { keysFolder } from "@assay/publication/publishing.ts";
import { StoreFault } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import type { Command } from "commander";
import { existsSync } from "node:fs";

import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import type { FromData } from "./event-store.ts";
import { Refused } from "./failure.ts";
import { inFolder } from "./records.ts";
import { table } from "./table.ts";
import { inkOf, type Terminal } from "./terminal.ts";

export const addKeys = (program: Command, context: Context): void => {
  const group = introduce(program, {
    name: "keys",
    summary: "The keys that sign checkpoints and bundles: the list, and the change to a new one.",
    examples: ["keys list", "keys rotate"],
  });
  addList(group, context);
  addRotate(group, context);
};

const addList = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "list",
    summary: "The verifier keys, the current one last: publish it where the bundles are not.",
    examples: ["keys list", "keys list --json"],
  });
  inFolder(jsonOption(command), terminal).action(async (options: ForMachines & FromData) => {
    const known = await keysIn(folderOf(options, terminal));
    terminal.out(options.json ? jsonLine(known) : `${listOf(known, terminal)}\n`);
  });
};

type Rotating = ForMachines & FromData & { readonly toAgent?: string; readonly publicKey?: string };

const addRotate = (group: Command, { terminal }: Context): void => {
  const command = introduce(group, {
    name: "rotate",
    summary:
      "Makes a new signing key that the old one vouches for, and forgets the old private one.",
    about:
      "Stop the engine first. What the old key signed stays verifiable: the old verifier key and\n" +
      "the hand-over, signed by both, go into every bundle. After a theft publish the new key by\n" +
      "other means, because a thief can sign a hand-over too. With --to-agent the next key is one\n" +
      "that an SSH agent holds, and no private key stays in the folder: start the engine with\n" +
      "SIGNING_AGENT and SIGNING_PUBLIC_KEY from then on.",
    examples: [
      "keys rotate",
      `keys rotate --to-agent "$SSH_AUTH_SOCK" --public-key "$(ssh-add -L)"`,
    ],
  });
  command
    .option("--to-agent <socket>", "the socket of the SSH agent that holds the next key")
    .option("--public-key <line>", "the agent's key: a line that begins ssh-ed25519");
  inFolder(jsonOption(command), terminal).action(async (options: Rotating) => {
    const folder = folderOf(options, terminal);
    const before = await keysIn(folder);
    const { name } = parseVerifierKey(before.keys.at(-1)!);
    const { toAgent: socket, publicKey } = options;
    if ((socket === undefined) !== (publicKey === undefined))
      throw new Refused("--to-agent and --public-key are given both, or neither.");
    await whileStopped(terminal.pathOf(options.data ?? terminal.dataDir), async () => {
      if (socket === undefined) await rotateKeyring(folder, name, terminal.now());
      else
        await handOver(folder, signerAt(name, { socket, publicKey: publicKey! }), terminal.now());
    });
    const after = await knownKeys(folder);
    terminal.out(options.json ? jsonLine(after) : `${listOf(after, terminal)}\n`);
  });
};

const folderOf = ({ data }: FromData, terminal: Terminal): string =>
  keysFolder(terminal.pathOf(data ?? terminal.dataDir));

const keysIn = async (folder: string): Promise<PublicFile> => {
  try {
    const known = await knownKeys(folder);
    if (known.keys.length > 0) return known;
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    throw new Refused(error.message, [], { cause: error });
  }
  throw new Refused(`There is no key in ${folder}: it is made when the engine first starts.`);
};

/** A running engine goes on signing with the key it has read, so it must not be running. */
const whileStopped = async (dataDir: string, work: () => Promise<void>): Promise<void> => {
  const path = storePath(dataDir);
  if (!existsSync(path)) return work();
  try {
    const store = openSqliteStore({ path });
    try {
      await work();
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof StoreFault) {
      throw new Refused(`${error.message} Stop the engine first.`, [], { cause: error });
    }
    if (error instanceof LedgerFault || error instanceof SignerAway)
      throw new Refused(error.message, [], { cause: error });
    throw error;
  }
};

const listOf = ({ keys, rotations }: PublicFile, terminal: Terminal): string => {
  const since = new Map(
    rotations.map((note) => {
      const { to, at } = openRotation(note);
      return [keyIdOf(to), at] as const;
    }),
  );
  const rows = keys.map((line, i) => {
    const id = keyIdOf(parseVerifierKey(line));
    return [id, i === keys.length - 1 ? "signs" : "former", since.get(id) ?? "the first", line];
  });
  const columns = [{ head: "Key" }, { head: "Use" }, { head: "Since" }, { head: "Verifier key" }];
  return table(columns, rows, inkOf(terminal));
};
