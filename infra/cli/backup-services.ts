/** `assay backup` and `assay restore` of services of their own, by what their settings name. */
import {
  backUpInstallation,
  type Folders,
  type InstallationCopy,
  restoreInstallation,
} from "@assay/embedded/backup-installation.ts";
import { recordCopy } from "@assay/host/copies.ts";
import type { Installation } from "@assay/host/membership.ts";

import { type ForMachines, jsonLine } from "./command.ts";
import { type FromData, remoteStore } from "./event-store.ts";
import { withFiles } from "./kept-files.ts";
import { progressOn, type Terminal } from "./terminal.ts";

type Asked = {
  readonly url: string;
  readonly options: ForMachines & FromData;
  readonly terminal: Terminal;
};

const foldersOf = (services: Installation | undefined): Folders => ({
  ...(services?.publishing && { publishing: services.publishing }),
  ...(services?.data && { data: services.data }),
});

const told = ({ exported, folders, watched }: InstallationCopy): string => {
  const { events, files, missing, sha256 } = exported;
  const signed = watched.reduce((sum, { checkpoints }) => sum + checkpoints, 0);
  return (
    `${events} events and ${files} files that services sent (SHA-256 ${sha256}), folders: ` +
    `${folders.join(", ") || "none"}; ${signed} signed checkpoints over ${watched.length} ` +
    `inspections hold.${missing.length > 0 ? ` ${missing.length} files are missing.` : ""}`
  );
};

const give = (copy: InstallationCopy, words: string, { options, terminal }: Asked): void =>
  terminal.out(options.json ? jsonLine(copy) : `${words}: ${told(copy)}\n`);

export const backUpServices = async (folder: string, asked: Asked): Promise<void> => {
  const { url, options, terminal } = asked;
  const store = remoteStore(url);
  try {
    const copy = await withFiles(options, terminal, (kept) =>
      backUpInstallation(
        { store, kept, folders: foldersOf(terminal.services) },
        { target: terminal.pathOf(folder), at: terminal.now() },
      ),
    );
    await recordCopy(store, "data", terminal.now());
    give(copy, `Copied to ${folder}`, asked);
    terminal.err("The keys of its words are not in it: copy them now, with vault backup.\n");
  } finally {
    await store.close();
  }
};

export const restoreServices = async (folder: string, asked: Asked): Promise<void> => {
  const { url, options, terminal } = asked;
  const store = remoteStore(url);
  const progress = progressOn(terminal);
  try {
    const onProgress = (done: number, all: number): void =>
      progress.show(`${done} of ${all} events`);
    const copy = await withFiles(options, terminal, (kept) =>
      restoreInstallation(
        { store, kept, folders: foldersOf(terminal.services) },
        { source: terminal.pathOf(folder), onProgress },
      ),
    );
    progress.end();
    give(copy, `Restored from ${folder} and read again, byte for byte`, asked);
    terminal.err("Bring the keys of its words back now, with vault restore.\n");
  } finally {
    await store.close();
  }
};
