/** The published site as it stands on disk: reports for ever, with their data and bundles. */
import { readFile, stat } from "node:fs/promises";
import { extname, join, resolve, sep } from "node:path";

import { type Answer, redirect, unlessHeld } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { protectiveHeaders } from "./protection.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".csv": "text/csv; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".xml": "application/xml",
  ".atom": "application/atom+xml",
  ".pdf": "application/pdf",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

const prefix = "/site/";

/** Undefined where the path is none of the site's, or there is no such file. */
export const publishedFile = async (
  folder: string | undefined,
  asked: Asked,
): Promise<Answer | undefined> => {
  if (folder === undefined || !asked.path.startsWith(prefix)) return undefined;
  if (asked.method !== "GET" && asked.method !== "HEAD") return undefined;
  const path = inside(folder, asked.path.slice(prefix.length));
  const found = path === undefined ? undefined : await statOf(path);
  if (path === undefined || found === undefined) return undefined;
  if (found.isDirectory() && !asked.path.endsWith("/")) return redirect(`${asked.path}/`);
  const file = found.isDirectory() ? join(path, "index.html") : path;
  if (found.isDirectory() && !(await statOf(file))) return undefined;
  const headers = {
    ...protectiveHeaders({ nonce: "none", secure: false }),
    "content-type": types[extname(file)] ?? "application/octet-stream",
    "cache-control": "no-cache",
  };
  const body = new Uint8Array(await readFile(file));
  return unlessHeld({ status: 200, headers, body }, asked.header("if-none-match"));
};

/** The place in the folder that the path names; undefined where it names one outside. */
const inside = (folder: string, path: string): string | undefined => {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const root = resolve(folder);
  const place = resolve(root, decoded);
  const within = place === root || place.startsWith(root + sep);
  return decoded.includes("\0") || !within ? undefined : place;
};

const statOf = async (path: string) => {
  try {
    return await stat(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return undefined;
    throw error;
  }
};
