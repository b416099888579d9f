/**
 * A copy of an installation whose servers are on the network, from where one of its services runs:
 * the folders that are there first, then every event with the files that services sent. What is
 * brought back is compared with it, event by event. The keys of words are copied by themselves.
 */
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import type { Files } from "@assay/host/files.ts";
import { type Watched, watchIntegrity } from "@assay/publication/integrity-watch.ts";
import { evidenceOf } from "@assay/publication/publishing.ts";
import type { EventStore } from "@assay/store/port.ts";
import { syncFolder } from "@assay/ledger/durable-file.ts";
import { readerWithoutWords } from "@assay/vault/sealed-store.ts";

import {
  type CopiedFile,
  copyFolder,
  emptyPartial,
  faultless,
  filesOf,
  readManifest,
  refusal,
  refuseWhatIsThere,
  restoreFiles,
  syncAll,
  writeManifest,
} from "./backup.ts";
import { type Exported, exportStore, importStore } from "./transfer.ts";

const installationFormat = "assay-installation/1";
const eventsName = "events.jsonl";

/** What a service keeps that is nowhere else; the rest is built again from the events. */
const onlyCopies = new Set(["sessions", "people", "letters", "access-log"]);

/** The publisher's folder, and the data folder of the service beside which this runs. */
export type Folders = Readonly<Partial<Record<"publishing" | "data", string>>>;

type Manifest = {
  readonly format: typeof installationFormat;
  readonly at: string;
  readonly exported: Exported;
  readonly files: readonly CopiedFile[];
};

export type InstallationCopy = {
  readonly exported: Exported;
  readonly folders: readonly string[];
  /** What the signed checkpoints say, where the publisher's folder is at hand. */
  readonly watched: readonly Watched[];
};

type Servers<Store> = {
  readonly store: Store;
  readonly kept: Files | undefined;
  readonly folders: Folders;
};

/** Throws a StoreFault, and leaves no target, when anything goes wrong. */
export const backUpInstallation = (
  { store, kept, folders }: Servers<Pick<EventStore, "readAll" | "read">>,
  { target, at }: { readonly target: string; readonly at: string },
): Promise<InstallationCopy> =>
  faultless(target, async () => {
    const partial = await emptyPartial(target);
    const there = Object.entries(folders).filter(([, folder]) => existsSync(folder));
    for (const [name, folder] of there)
      await copyFolder(folder, join(partial, name), (path) => isOnlyCopy(path));
    const exported = await exportStore(store, join(partial, eventsName), kept);
    const watched = await watch(store, join(partial, "publishing"));
    const files = await filesOf(partial);
    const manifest: Manifest = { format: installationFormat, at, exported, files };
    await writeManifest(partial, manifest);
    await syncAll(partial, files);
    await rename(partial, target);
    await syncFolder(dirname(target));
    return { exported, folders: there.map(([name]) => name), watched };
  });

const isOnlyCopy = (path: string): boolean =>
  !path.endsWith(".sqlite") || onlyCopies.has(basename(path, ".sqlite"));

/**
 * Into an empty store, and folders that are not there or empty. Afterwards the store is read again
 * and has to give the same export, byte for byte. Throws a StoreFault or TransferRefused.
 */
export const restoreInstallation = async (
  { store, kept, folders }: Servers<EventStore>,
  { source, onProgress }: { readonly source: string; readonly onProgress?: Progress },
): Promise<InstallationCopy> => {
  const manifest = await readManifest<Manifest>(source, installationFormat);
  const { exported, files } = manifest;
  const names = new Set(files.map(({ path }) => path.split("/")[0]));
  const into = Object.entries(folders).filter(([name]) => names.has(name));
  for (const [, folder] of into) await refuseWhatIsThere(folder);
  const told = { ...(onProgress && { onProgress }), kept };
  await importStore(store, join(source, eventsName), told);
  const again = join(tmpdir(), `assay-drill-${process.pid}.jsonl`);
  try {
    const drilled = await exportStore(store, again, kept);
    if (drilled.sha256 !== exported.sha256)
      throw refusal(`what was restored from ${source} does not read as it was copied`);
  } finally {
    await rm(again, { force: true });
  }
  for (const [name, folder] of into)
    await faultless(folder, async () => {
      const own = files.filter(({ path }) => path.startsWith(`${name}/`));
      await restoreFiles(source, folder, { files: own, within: name });
    });
  const watched = await watch(store, folders.publishing);
  return { exported, folders: into.map(([name]) => name), watched };
};

type Progress = (done: number, of: number) => void;

const watch = async (
  store: Pick<EventStore, "readAll" | "read">,
  publishing: string | undefined,
): Promise<readonly Watched[]> => {
  if (publishing === undefined || !existsSync(publishing)) return [];
  const watched = await watchIntegrity(readerWithoutWords(store), await evidenceOf(publishing));
  const broken = watched.find(({ tampering }) => tampering.length > 0);
  if (!broken) return watched;
  throw refusal(`${broken.inspection} is not as it was signed: ${broken.tampering[0]?.what}`);
};
