/** `assay backup`, `restore`, `export` and `import`: the data as a whole, copied and moved. */
import { backup, type Copied, restore } from "@assay/embedded/backup.ts";
import { storePath } from "@assay/embedded/data-folder.ts";
import { exportStore, importStore, TransferRefused } from "@assay/embedded/transfer.ts";
import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import type { EventStore } from "@assay/store/port.ts";
import { openSqliteReader } from "@assay/store/sqlite-reader.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { keysFolder } from "@assay/vault/key-folder.ts";
import type { Command } from "commander";

import { type Context, introduce } from "./command.ts";
import { Refused, refusingFaults, WrongUsage } from "./failure.ts";
import { type FromData, readingData } from "./records.ts";
import { progressOn, type Terminal } from "./terminal.ts";

const folderOf = ({ data }: FromData, terminal: Terminal): string =>
  terminal.pathOf(data ?? terminal.dataDir);

const told = ({ manifest, watched }: Copied): string => {
  const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const signed = watched.reduce((sum, { checkpoints }) => sum + checkpoints, 0);
  return (
    `${manifest.through} events and ${manifest.files.length} files, ` +
    `${(bytes / 1_000_000).toFixed(1)} MB, as ${signed} signed checkpoints over ` +
    `${watched.length} inspections say`
  );
};

export const addBackup = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "backup <FOLDER>",
    summary: "Copies the data folder, also while Assay runs, and verifies the copy.",
    about:
      "The folder must not exist yet. It appears under its name once it is complete; everything\n" +
      "that was acknowledged before is in it. Keys are not: vault backup copies those.",
    examples: ["backup /backups/assay-2026-01-02", "backup copy --data /srv/assay"],
  });
  readingData(command, terminal).action((folder: string, options: FromData) =>
    refusingFaults(async () => {
      const target = terminal.pathOf(folder);
      const dataDir = folderOf(options, terminal);
      const copied = await backup({ dataDir, target, at: terminal.now() });
      terminal.out(`Copied to ${folder}: ${told(copied)}.\n`);
      terminal.err("The keys of its words are not in it: copy them with vault backup.\n");
    }),
  );
};

export const addRestore = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "restore <FOLDER>",
    summary: "Brings a backup back as a new data folder, every byte and checkpoint compared.",
    about: "The data folder must not exist yet, or be empty. Then bring back the keys.",
    examples: ["restore /backups/assay-2026-01-02 --data /srv/assay"],
  });
  readingData(command, terminal).action((folder: string, options: FromData) =>
    refusingFaults(async () => {
      const dataDir = folderOf(options, terminal);
      const copied = await restore({ source: terminal.pathOf(folder), dataDir });
      terminal.out(`Restored to ${dataDir}: ${told(copied)}.\n`);
      terminal.err(
        `Before the start, put the key-encryption key into ${keysFolder(dataDir)} (or hand it\n` +
          "over), and bring the keys back with vault restore.\n",
      );
    }),
  );
};

type Elsewhere = FromData & { readonly store?: string };

const storeOption = (command: Command): Command =>
  command.option("--store <URL>", "an EventStoreDB or KurrentDB (esdb://…) instead of a folder");

export const remoteStore = (url: string): EventStore => {
  if (!/^esdb(\+discover)?:\/\/./.test(url)) {
    throw new WrongUsage("--store takes esdb:// and where the event store is.");
  }
  return openEventStoreDb({ url, deadline: 30_000 });
};

export const addExport = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "export <FILE>",
    summary: "Writes every event to one file, in order, to be imported into any store.",
    about: "Words stay sealed: take the keys along with vault backup.",
    examples: ["export assay.jsonl", "export assay.jsonl --store esdb://10.0.0.7:2113"],
  });
  readingData(storeOption(command), terminal).action((file: string, options: Elsewhere) =>
    refusing(async () => {
      const source = options.store
        ? remoteStore(options.store)
        : openSqliteReader(storePath(folderOf(options, terminal)));
      try {
        const { events, sha256 } = await exportStore(source, terminal.pathOf(file));
        terminal.out(`Wrote ${events} events to ${file} (SHA-256 of the lines: ${sha256}).\n`);
      } finally {
        await source.close();
      }
    }),
  );
};

export const addImport = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "import <FILE>",
    summary: "Appends every event of an export to an empty store. Proofs hold as before.",
    about: "An import that was broken off goes on where it was, when it is asked again.",
    examples: [
      "import assay.jsonl --data /srv/assay",
      "import assay.jsonl --store esdb://10.0.0.7:2113",
    ],
  });
  readingData(storeOption(command), terminal).action((file: string, options: Elsewhere) =>
    refusing(async () => {
      const store = options.store
        ? remoteStore(options.store)
        : openSqliteStore({ path: storePath(folderOf(options, terminal)) });
      const progress = progressOn(terminal);
      try {
        const { events } = await importStore(store, terminal.pathOf(file), (done, all) =>
          progress.show(`${done} of ${all} events`),
        );
        progress.end();
        terminal.out(`Imported ${events} events from ${file}.\n`);
      } finally {
        await store.close();
      }
    }),
  );
};

const refusing = (work: () => Promise<void>): Promise<void> =>
  refusingFaults(async () => {
    try {
      await work();
    } catch (error) {
      if (error instanceof TransferRefused) throw new Refused(error.message, [], { cause: error });
      const code = (error as NodeJS.ErrnoException).code ?? "";
      if (!["ENOENT", "ENOSPC", "EACCES", "EROFS", "EISDIR"].includes(code)) throw error;
      throw new Refused(`${(error as Error).message}. Nothing else was changed.`, [], {
        cause: error,
      });
    }
  });
