/**
 * What runs here: its name, version, the commit it was checked out at where that is known, and for
 * how long. It says nothing of configuration.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

export type Info = {
  readonly name: string;
  readonly version: string;
  /** Null where it does not run from a checkout. */
  readonly git: { readonly ref: string } | null;
  readonly uptimeSeconds: number;
};

/** Undefined where there is no such file. */
const textOf = (...path: readonly string[]): string | undefined => {
  try {
    return readFileSync(join(root, ...path), "utf8").trim();
  } catch {
    return undefined;
  }
};

const commit = (): string | undefined => {
  const head = textOf(".git", "HEAD");
  const branch = /^ref: (.+)$/.exec(head ?? "")?.[1];
  const found = branch === undefined ? head : textOf(".git", ...branch.split("/"));
  return found !== undefined && /^[0-9a-f]{40}$/.test(found) ? found : undefined;
};

const built = (): Pick<Info, "name" | "version" | "git"> => {
  const { name = "assay", version = "unknown" } = JSON.parse(
    textOf("package.json") ?? "{}",
  ) as Partial<Info>;
  const ref = commit();
  return { name, version, git: ref === undefined ? null : { ref } };
};

let known: ReturnType<typeof built> | undefined;

export const infoNow = (): Info => {
  known ??= built();
  return { ...known, uptimeSeconds: Math.floor(process.uptime()) };
};
