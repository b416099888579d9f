/** `assay backup`, `restore`, `export` and `import`: the data as a whole, copied and moved. */
import { backup, type Copied, restore } from "@assay/embedded/backup.ts";
import { exportStore, importStore, TransferRefused } from "@assay/embedded/transfer.ts";
import { keysFolder } from "@assay/vault/key-folder.ts";
import type { Command } from "commander";

import { backUpServices, restoreServices } from "./backup-services.ts";
import { type Context, type ForMachines, introduce, jsonLine, jsonOption } from "./command.ts";
import { addressOf, folderOf, type FromData, openToRead, openToWrite } from "./event-store.ts";
import { Refused, refusingFaults } from "./failure.ts";
import { withFiles } from "./kept-files.ts";
import { readingData } from "./records.ts";
import { progressOn } from "./terminal.ts";

type Options = ForMachines & FromData;

const countsOf = ({ manifest, watched }: Copied) => ({
  events: manifest.through,
  files: manifest.files.length,
  bytes: manifest.files.reduce((sum, file) => sum + file.bytes, 0),
  checkpoints: watched.reduce((sum, { checkpoints }) => sum + checkpoints, 0),
  inspections: watched.length,
});

const told = ({ events, files, bytes, checkpoints, inspections }: ReturnType<typeof countsOf>) =>
  `${events} events and ${files} files, ${(bytes / 1_000_000).toFixed(1)} MB, as ` +
  `${checkpoints} signed checkpoints over ${inspections} inspections say`;

export const addBackup = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "backup <FOLDER>",
    summary: "Copies all that there is, also while Assay runs, and verifies the copy.",
    about:
      "The folder must not exist yet. It appears under its name once it is complete; everything\n" +
      "that was acknowledged before is in it. Keys are not: vault backup copies those. Of services\n" +
      "of their own it copies the events, the files that were sent, and the folders of the service\n" +
      "whose settings it is given (PUBLISHING_DIR, DATA_DIR).",
    examples: ["backup /backups/assay-2026-01-02", "backup copy --data /srv/assay"],
  });
  readingData(jsonOption(command), terminal).action((folder: string, options: Options) =>
    refusing(async () => {
      const url = addressOf(options, terminal);
      if (url !== undefined) return backUpServices(folder, { url, options, terminal });
      const target = terminal.pathOf(folder);
      const dataDir = folderOf(options, terminal);
      const counts = countsOf(await backup({ dataDir, target, at: terminal.now() }));
      const words = `Copied to ${folder}: ${told(counts)}.\n`;
      terminal.out(options.json ? jsonLine({ folder, ...counts }) : words);
      terminal.err("The keys of its words are not in it: copy them with vault backup.\n");
    }),
  );
};

export const addRestore = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "restore <FOLDER>",
    summary: "Brings a backup back where nothing is yet, every byte and checkpoint compared.",
    about:
      "The data folder, or the services' event store and folders, must be empty. What was restored\n" +
      "to services is read again and compared. Then bring back the keys.",
    examples: ["restore /backups/assay-2026-01-02 --data /srv/assay"],
  });
  readingData(jsonOption(command), terminal).action((folder: string, options: Options) =>
    refusing(async () => {
      const url = addressOf(options, terminal);
      if (url !== undefined) return restoreServices(folder, { url, options, terminal });
      const dataDir = folderOf(options, terminal);
      const counts = countsOf(await restore({ source: terminal.pathOf(folder), dataDir }));
      const words = `Restored to ${dataDir}: ${told(counts)}.\n`;
      terminal.out(options.json ? jsonLine({ folder: dataDir, ...counts }) : words);
      terminal.err(
        `Before the start, put the key-encryption key into ${keysFolder(dataDir)} (or hand it\n` +
          "over), and bring the keys back with vault restore.\n",
      );
    }),
  );
};

export const addExport = (program: Command, { terminal }: Context): void => {
  const command = introduce(program, {
    name: "export <FILE>",
    summary: "Writes every event to one file, in order, to be imported into any store.",
    about: "Files that services sent are in it. Words stay sealed: take the keys along.",
    examples: ["export assay.jsonl", "export assay.jsonl --store esdb://10.0.0.7:2113"],
  });
  readingData(jsonOption(command), terminal).action((file: string, options: Options) =>
    refusing(async () => {
      const source = openToRead(options, terminal);
      try {
        const exported = await withFiles(options, terminal, (kept) =>
          exportStore(source, terminal.pathOf(file), kept),
        );
        const { events, files, sha256, missing } = exported;
        const counted = `${events} events and ${files} files`;
        const words = `Wrote ${counted} to ${file} (SHA-256 of the lines: ${sha256}).\n`;
        terminal.out(options.json ? jsonLine({ file, ...exported }) : words);
        if (missing.length > 0)
          terminal.err(
            `${missing.length} files are on record and not in it. Say with FILES_IN where the\n` +
              "services keep what was sent to them: a folder, or nats.\n",
          );
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
  readingData(jsonOption(command), terminal).action((file: string, options: Options) =>
    refusing(async () => {
      const store = openToWrite(options, terminal);
      const progress = progressOn(terminal);
      try {
        const onProgress = (done: number, all: number): void =>
          progress.show(`${done} of ${all} events`);
        const { events, files } = await withFiles(options, terminal, (kept) =>
          importStore(store, terminal.pathOf(file), { onProgress, kept }),
        );
        progress.end();
        const words = `Imported ${events} events and ${files} files from ${file}.\n`;
        terminal.out(options.json ? jsonLine({ file, events, files }) : words);
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
