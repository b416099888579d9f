/** `assay vault`: copies of the keys that open words about children, and a new key around them. */
import { erasureIn } from "@assay/domain/announcement/erasure/events.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { openSqliteReader } from "@assay/store/sqlite-reader.ts";
import { backupKeys, restoreKeys, rotateKeys } from "@assay/vault/key-copies.ts";
import { masterKeyPath, openKeys } from "@assay/vault/key-folder.ts";
import { carryOut } from "@assay/vault/sealed-store.ts";
import type { Command } from "commander";
import { existsSync, readFileSync } from "node:fs";

import { type Context, introduce } from "./command.ts";
import { refusingFaults } from "./failure.ts";
import { type FromData, readingData } from "./records.ts";
import type { Terminal } from "./terminal.ts";

export const addVault = (program: Command, { terminal }: Context): void => {
  const vault = introduce(program, {
    name: "vault",
    summary: "Backs up, restores and renews the keys that open words about children.",
    about:
      "A backup of the data holds no keys, so that what is erased is gone from it too. Keep the\n" +
      "copies of the keys apart from it, and only the newest.",
    examples: ["vault backup assay.keys", "vault restore assay.keys", "vault rotate"],
  });
  readingData(vault.command("backup <FILE>"), terminal)
    .description("Copies the wrapped keys. The key-encryption key is not in the copy.")
    .action((file: string, options: FromData) => backUp(file, options, terminal));
  readingData(vault.command("restore <FILE>"), terminal)
    .description("Takes the keys of a copy back, and none that was destroyed.")
    .action((file: string, options: FromData) => bringBack(file, options, terminal));
  readingData(vault.command("rotate"), terminal)
    .description("Wraps every key with a new key-encryption key. Older copies open nothing then.")
    .option("--to <FILE>", "with the key in this file, which is handed over from then on")
    .action((options: FromData & { readonly to?: string }) => rotate(options, terminal));
};

const folderOf = ({ data }: FromData, terminal: Terminal): string =>
  terminal.pathOf(data ?? terminal.dataDir);

const backUp = (file: string, options: FromData, terminal: Terminal): Promise<void> =>
  refusingFaults(() => {
    const dataDir = folderOf(options, terminal);
    const { keys } = backupKeys(dataDir, terminal.pathOf(file));
    terminal.out(`Copied ${keys} keys to ${file}.\n`);
    const where = existsSync(masterKeyPath(dataDir))
      ? masterKeyPath(dataDir)
      : "where it is handed over from";
    terminal.err(`They open only with the key-encryption key (${where}). Keep that one apart.\n`);
  });

const bringBack = (file: string, options: FromData, terminal: Terminal): Promise<void> =>
  refusingFaults(async () => {
    const dataDir = folderOf(options, terminal);
    const secret = terminal.masterKey;
    const { restored } = await restoreKeys(dataDir, terminal.pathOf(file), { secret });
    const again = await eraseAgain(dataDir, secret);
    terminal.out(
      `Restored ${restored} keys; ${again} erasures on record were carried out again.\n`,
    );
  });

/** A copy may be older than an erasure: what the store says was erased, is. */
const eraseAgain = async (dataDir: string, secret: string | undefined): Promise<number> => {
  if (!existsSync(storePath(dataDir))) return 0;
  const reader = openSqliteReader(storePath(dataDir));
  const keys = openKeys(dataDir, { secret });
  try {
    let found = 0;
    for await (const page of reader.readAll({ prefixes: ["erasure-"] })) {
      await carryOut(page, keys);
      found += page.filter(({ type, data }) => erasureIn({ type, ...data })).length;
    }
    return found;
  } finally {
    reader.close();
    keys.close();
  }
};

const rotate = (options: FromData & { readonly to?: string }, terminal: Terminal): Promise<void> =>
  refusingFaults(() => {
    const { to: file } = options;
    const to = file === undefined ? undefined : readFileSync(terminal.pathOf(file), "utf8").trim();
    const dataDir = folderOf(options, terminal);
    const told = rotateKeys(dataDir, { secret: terminal.masterKey, to });
    terminal.out(`Wrapped ${told.keys} keys with ${told.to} instead of ${told.from}.\n`);
    terminal.err(
      "Older copies of the keys open with the old key-encryption key alone. Make a new copy\n" +
        "(vault backup), then destroy the older ones and every copy of the old key.\n",
    );
  });
