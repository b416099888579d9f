/**
 * Copies of a data folder, made while the engine goes on, and brought back. A copy holds everything
 * but the keys, so that what is erased is gone from every copy too; it is complete under its name.
 */
import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { pipeline } from "node:stream/promises";

import { syncFolder } from "@assay/ledger/durable-file.ts";
import { StoreFault } from "@assay/store/port.ts";
import { openSqliteReader } from "@assay/store/sqlite-reader.ts";
import { keysFolder } from "@assay/vault/key-folder.ts";
import { readerWithoutWords } from "@assay/vault/sealed-store.ts";
import { type Watched, watchIntegrity } from "@assay/publication/integrity-watch.ts";
import { evidenceOf } from "@assay/publication/publishing.ts";

import { storePath } from "./data-folder.ts";

export type CopiedFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

export type BackupManifest = {
  readonly format: "assay-backup/1";
  readonly at: string;
  /** The position of the last event in the copy, 0 for none. */
  readonly through: number;
  readonly files: readonly CopiedFile[];
};

/** A copy, and what the signed checkpoints say of it. */
export type Copied = { readonly manifest: BackupManifest; readonly watched: readonly Watched[] };

const manifestName = "backup.json";

/**
 * Copies the folder to `target`, which must not exist. The events come last: whatever else was
 * copied speaks of no event that the copy does not hold. Throws a StoreFault and leaves no target
 * when anything goes wrong; a backup that died leaves a folder that ends in `.partial`.
 */
export const backup = (asked: {
  readonly dataDir: string;
  readonly target: string;
  readonly at: string;
}): Promise<Copied> =>
  faultless(asked.target, async () => {
    const { dataDir, target, at } = asked;
    refuseWithoutStore(dataDir);
    const partial = await emptyPartial(target);
    await copyFolder(dataDir, partial, (name) => join(dataDir, name) !== storePath(dataDir));
    copyDatabase(storePath(dataDir), storePath(partial));
    const watched = await verifyCopy(partial);
    const files = await filesOf(partial);
    const manifest = { format: "assay-backup/1", at, through: endOf(partial), files } as const;
    await writeManifest(partial, manifest);
    await syncAll(partial, files);
    await rename(partial, target);
    await syncFolder(dirname(target));
    return { manifest, watched };
  });

/** Brings a copy back as a new data folder. Every byte is compared, every checkpoint held. */
export const restore = (asked: {
  readonly source: string;
  readonly dataDir: string;
}): Promise<Copied> =>
  faultless(asked.dataDir, async () => {
    const { source, dataDir } = asked;
    const manifest = await readManifest<BackupManifest>(source, "assay-backup/1");
    const { files } = manifest;
    const watched = await restoreFiles(source, dataDir, { files, verify: verifyCopy });
    return { manifest, watched: watched! };
  });

/** Copies files into a folder that appears once every byte was compared, and was found good. */
export const restoreFiles = async <Verified>(
  source: string,
  folder: string,
  asked: {
    readonly files: readonly CopiedFile[];
    /** What their names begin with in the copy alone. */
    readonly within?: string;
    readonly verify?: (folder: string) => Promise<Verified>;
  },
): Promise<Verified | undefined> => {
  const { files, within = "", verify } = asked;
  const partial = await emptyPartial(folder);
  const placed = files.map((file) => ({ ...file, to: relative(within, file.path) }));
  for (const { path, to, sha256 } of placed) {
    await copyInto(join(source, path), join(partial, to));
    if ((await digestOf(join(partial, to))) !== sha256)
      throw refusal(`${join(source, path)} is not as it was copied; use another backup`);
  }
  const verified = await verify?.(partial);
  await syncAll(
    partial,
    placed.map(({ to, ...file }) => ({ ...file, path: to })),
  );
  if (existsSync(folder)) await rm(folder, { recursive: true });
  await rename(partial, folder);
  await syncFolder(dirname(folder));
  return verified;
};

export const refusal = (message: string): StoreFault =>
  new StoreFault("denied", message, { retry: false });

const refuseWithoutStore = (dataDir: string): void => {
  if (existsSync(storePath(dataDir))) return;
  throw refusal(`There is nothing at ${storePath(dataDir)}: name the data folder with --data.`);
};

export const refuseWhatIsThere = async (target: string): Promise<void> => {
  if (existsSync(target) && (await readdir(target)).length > 0)
    throw refusal(`${target} is there already: name a folder that is not, or is empty.`);
};

/** The folder in which the copy is made. What an earlier attempt left there is removed. */
export const emptyPartial = async (target: string): Promise<string> => {
  await refuseWhatIsThere(target);
  const partial = `${target}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  return partial;
};

/** Copies what is in a folder but the keys: databases first, each in one consistent moment. */
export const copyFolder = async (
  from: string,
  to: string,
  wanted: (name: string) => boolean,
): Promise<void> => {
  const names = (await filesBelow(from))
    .filter((name) => !name.startsWith(relative(from, keysFolder(from)) + sep))
    .filter(wanted)
    .toSorted();
  const isDatabase = (name: string): boolean => name.endsWith(".sqlite");
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const name of names.filter(isDatabase)) {
    await mkdir(dirname(join(to, name)), { recursive: true, mode: 0o700 });
    copyDatabase(join(from, name), join(to, name));
  }
  for (const name of names.filter((each) => !isDatabase(each)))
    await copyInto(join(from, name), join(to, name)).catch(unlessGone);
};

/** Names of what is not in its place yet, or is only a running process's. */
const unfinished = /^\.aside-|\.(draft|new|lock|open|damaged|partial)$|-(wal|shm|journal)$/;

const filesBelow = async (folder: string, within = ""): Promise<readonly string[]> => {
  const entries = await readdir(join(folder, within), { withFileTypes: true }).catch(unlessGone);
  const found: string[] = [];
  for (const entry of (entries ?? []).filter(({ name }) => !unfinished.test(name))) {
    const name = join(within, entry.name);
    if (entry.isDirectory()) found.push(...(await filesBelow(folder, name)));
    else if (entry.isFile()) found.push(name);
  }
  return found;
};

/** Whoever replaced or erased it meanwhile was acknowledged later than the copy began. */
const unlessGone = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== "ENOENT") throw error;
};

/** One consistent moment of a database that others may be writing to. */
const copyDatabase = (from: string, to: string): void => {
  const database = new DatabaseSync(from, { readOnly: true, timeout: 10_000 });
  try {
    database.prepare("vacuum into ?").run(to);
  } finally {
    database.close();
  }
};

/** Files are replaced whole by whoever writes them. */
const copyInto = async (from: string, to: string): Promise<void> => {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to);
};

const endOf = (folder: string): number => {
  const reader = openSqliteReader(storePath(folder));
  try {
    return Number(reader.end() ?? 0);
  } finally {
    reader.close();
  }
};

/** Holds the copy against the checkpoints that were copied with it. It needs no keys. */
const verifyCopy = async (folder: string): Promise<readonly Watched[]> => {
  const reader = openSqliteReader(storePath(folder));
  try {
    const watched = await watchIntegrity(readerWithoutWords(reader), await evidenceOf(folder));
    const broken = watched.find(({ tampering }) => tampering.length > 0);
    if (!broken) return watched;
    const [first] = broken.tampering;
    throw refusal(`${broken.inspection} is not as it was signed: ${first?.what}`);
  } finally {
    reader.close();
  }
};

export const filesOf = async (folder: string): Promise<readonly CopiedFile[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: CopiedFile[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const { size } = await stat(path);
    files.push({ path: relative(folder, path), bytes: size, sha256: await digestOf(path) });
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
};

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return hash.digest("hex");
};

type Manifest = { readonly format: string; readonly files: readonly CopiedFile[] };

export const readManifest = async <Read extends Manifest>(
  source: string,
  format: Read["format"],
): Promise<Read> => {
  const path = join(source, manifestName);
  if (!existsSync(path)) {
    throw refusal(`${source} is no complete backup: there is no ${manifestName} in it.`);
  }
  const manifest = JSON.parse(await readFile(path, "utf8")) as Read;
  if (manifest.format !== format) throw refusal(`${source} has another format.`);
  const outside = manifest.files.find(({ path: name }) => name.split(/[/\\]/).includes(".."));
  if (outside) throw refusal(`${source} names a file outside of it: ${outside.path}`);
  return manifest;
};

export const writeManifest = (folder: string, manifest: Manifest): Promise<void> =>
  writeDurably(join(folder, manifestName), `${JSON.stringify(manifest, undefined, 2)}\n`);

const writeDurably = async (path: string, text: string): Promise<void> => {
  await writeFile(path, text, { mode: 0o600, flush: true });
};

export const syncAll = async (folder: string, files: readonly CopiedFile[]): Promise<void> => {
  for (const { path } of files) await syncFolder(join(folder, path));
  const folders = new Set(files.map(({ path }) => dirname(join(folder, path))));
  for (const each of [...folders, folder]) await syncFolder(each);
};

/** What the disk says, in words; nothing but the copy was touched. */
export const faultless = async <Result>(
  target: string,
  work: () => Promise<Result>,
): Promise<Result> => {
  try {
    return await work();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "";
    const sqlite = cause instanceof Error && "errcode" in cause ? Number(cause.errcode) & 0xff : 0;
    if (code === "ENOSPC" || sqlite === 13) {
      const message = `${target}: there is no room left for the copy; nothing else was changed`;
      throw new StoreFault("disk-full", message, { retry: false, cause });
    }
    if (["EROFS", "EACCES", "EPERM"].includes(code) || sqlite === 8 || sqlite === 14) {
      const message = `${target} cannot be written; nothing else was changed`;
      throw new StoreFault("read-only", message, { retry: false, cause });
    }
    throw cause;
  }
};
