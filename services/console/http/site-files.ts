/** The published site as it stands on disk: reports for ever, with their data and bundles. */
import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { join, resolve, sep } from "node:path";

import { mediaTypeOf } from "@assay/report/media-types.ts";

import { type Answer, redirect, unlessHeld } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { protectiveHeaders } from "./protection.ts";

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
  const body = new Uint8Array(await readFile(file));
  const headers = {
    ...protectiveHeaders({ nonce: "none", secure: false }),
    ...(verifiers.test(asked.path) && { "content-security-policy": policyOf(body) }),
    "content-type": typeOf(file),
    "cache-control": "no-cache",
  };
  return unlessHeld({ status: 200, headers, body }, asked.header("if-none-match"));
};

/** The verifier beside a version: one file that is made of the software's own sources alone. */
const verifiers = /^\/site\/reports\/[^/]+\/\d+\/verifier\.html$/;

/** What stands within the file may run, by its digest, and may read what stands beside it. */
const policyOf = (page: Uint8Array): string => {
  const text = new TextDecoder().decode(page);
  const digests = (tag: string): string =>
    [...text.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))]
      .map(([, inner = ""]) => `'sha256-${createHash("sha256").update(inner).digest("base64")}'`)
      .join(" ");
  return [
    "default-src 'none'",
    `script-src ${digests("script")}`,
    `style-src ${digests("style")}`,
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
};

const typeOf = (file: string): string => {
  const type = mediaTypeOf(file);
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
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
