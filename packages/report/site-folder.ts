/** A published site as it stands in a folder, to be put somewhere else as it is. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";

import { mediaTypeOf } from "./media-types.ts";
import type { Folder } from "./publish-folder.ts";
import type { SiteFile } from "./version-files.ts";

export type Site = {
  /** Each with its page last. */
  readonly versions: readonly Folder[];
  /** What leads to them, the front page last. */
  readonly pages: readonly SiteFile[];
};

const version = /^(reports\/[^/]+\/[1-9]\d*)\/(.+)$/;

/** Nothing where there is no such folder. What a crash left aside is passed over. */
export const siteIn = async (root: string): Promise<Site> => {
  const files: SiteFile[] = [];
  for (const path of await pathsIn(root)) {
    files.push({
      path,
      mediaType: mediaTypeOf(path),
      body: new Uint8Array(await readFile(join(root, path))),
    });
  }
  const inVersions = Map.groupBy(files, ({ path }) => version.exec(path)?.[1]);
  const pages = pagesLast(inVersions.get(undefined) ?? []);
  inVersions.delete(undefined);
  const versions = [...inVersions].map(([path, all]) => ({
    path: path!,
    files: pagesLast(all.map((file) => ({ ...file, path: version.exec(file.path)![2]! }))),
  }));
  return { versions, pages };
};

const pagesLast = (files: readonly SiteFile[]): readonly SiteFile[] =>
  files.toSorted((a, b) => Number(a.path === "index.html") - Number(b.path === "index.html"));

const pathsIn = async (root: string): Promise<readonly string[]> => {
  try {
    const found = await readdir(root, { recursive: true, withFileTypes: true });
    return found
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
      .filter((path) => !path.startsWith("."))
      .toSorted();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
};
