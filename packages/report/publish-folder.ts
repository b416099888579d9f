/**
 * Puts files where a web server serves them, so that a reader never sees half of anything: each
 * version is written aside, made durable and renamed into place; then the pages that lead to it.
 */
import { existsSync } from "node:fs";
import { mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { SiteFile } from "./version-files.ts";

/** A version's folder, from the top of the site. */
export type Folder = { readonly path: string; readonly files: readonly SiteFile[] };

/**
 * Publishes versions and the pages around them. A version that stands already is left as it is, so
 * that a repetition after a crash is harmless; what a crash left aside is cleared first.
 */
export const publishInto = async (
  root: string,
  versions: readonly Folder[],
  pages: readonly SiteFile[],
): Promise<void> => {
  await mkdir(root, { recursive: true });
  await clearAside(root);
  for (const version of versions) await publishVersion(root, version);
  for (const page of pages) await replaceFile(root, page);
};

const aside = ".aside-";

const clearAside = async (root: string): Promise<void> => {
  const left = (await readdir(root)).filter((name) => name.startsWith(aside));
  for (const name of left) await rm(join(root, name), { recursive: true });
};

const publishVersion = async (root: string, { path, files }: Folder): Promise<void> => {
  const target = join(root, path);
  if (existsSync(target)) return;
  const work = join(root, `${aside}${path.replaceAll("/", "-")}`);
  for (const file of files) await writeDurably(join(work, file.path), file.body);
  await flushFolders(work);
  await mkdir(dirname(target), { recursive: true });
  await rename(work, target);
  await flush(dirname(target));
};

const replaceFile = async (root: string, { path, body }: SiteFile): Promise<void> => {
  const target = join(root, path);
  const work = join(root, `${aside}${path.replaceAll("/", "-")}`);
  await writeDurably(work, body);
  await mkdir(dirname(target), { recursive: true });
  await rename(work, target);
  await flush(dirname(target));
};

const writeDurably = async (path: string, body: Uint8Array): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, body, { flush: true });
};

const flushFolders = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await flushFolders(join(folder, entry.name));
  }
  await flush(folder);
};

/** Makes a folder's entries durable. Some systems cannot open a folder, and need not. */
const flush = async (folder: string): Promise<void> => {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};
