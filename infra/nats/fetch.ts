/**
 * Fetches nats-server without being root: the distribution's package on Debian and Ubuntu, which
 * apt verifies, else NATS' release archive, verified by its checksum. It is put in place whole.
 */
import { createHash } from "node:crypto";
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";

import { releaseFor } from "./release.ts";
import { run } from "./run.ts";

export type FetchOptions = {
  /** The file to which the server goes. */
  readonly to: string;
  readonly say: (line: string) => void;
};

export class NatsMissing extends Error {
  constructor(attempts: readonly string[]) {
    super(
      [
        "nats-server could not be fetched:",
        ...attempts.map((attempt) => `  - ${attempt}`),
        "Install it from https://docs.nats.io/running-a-nats-service/introduction/installation",
        "so that `nats-server` is on PATH, and try again.",
      ].join("\n"),
    );
    this.name = "NatsMissing";
  }
}

export const fetchNatsServer = async ({ to, say }: FetchOptions): Promise<void> => {
  await mkdir(dirname(to), { recursive: true });
  const folder = await mkdtemp(join(dirname(to), "fetching-"));
  const failures: string[] = [];
  try {
    for (const fetchInto of [fromDistribution, fromRelease]) {
      try {
        const server = await fetchInto(folder, say);
        const version = await run(server, ["--version"], folder);
        const beside = `${to}.${process.pid}`;
        await cp(server, beside);
        await rename(beside, to);
        say(`${version.trim()} is now at ${to}`);
        return;
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  throw new NatsMissing(failures);
};

type FetchInto = (folder: string, say: FetchOptions["say"]) => Promise<string>;

/** `apt-get download` only fetches: signatures are checked and nothing is installed. */
const fromDistribution: FetchInto = async (folder, say) => {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  if (!/^ID(_LIKE)?=.*(debian|ubuntu)/m.test(release))
    throw new Error("this is neither Debian nor Ubuntu, so apt was not asked");
  say("apt-get download nats-server");
  await run("apt-get", ["download", "nats-server"], folder).catch((cause: unknown) => {
    const hint = "when apt knows no such package, `apt-get update` as root may help";
    throw new Error(`apt-get download nats-server failed (${hint})`, { cause });
  });
  const archive = (await readdir(folder)).find((name) => name.endsWith(".deb"));
  if (archive === undefined) throw new Error("apt-get download left no package");
  await run("dpkg-deb", ["-x", archive, "unpacked"], folder);
  return locate(join(folder, "unpacked"));
};

const fromRelease: FetchInto = async (folder, say) => {
  const { url, sumsUrl, file, digest } = releaseFor(process.platform, process.arch);
  say(`downloading ${url}`);
  const archive = await download(url);
  const expected = digest ?? digestIn((await download(sumsUrl)).toString("utf8"), file);
  const actual = createHash("sha256").update(archive).digest("hex");
  if (actual !== expected)
    throw new Error(`${file} has the checksum ${actual}, not ${expected}: it was not used`);
  await writeFile(join(folder, file), archive);
  await run("tar", ["-xzf", file], folder);
  return locate(folder);
};

const digestIn = (sums: string, file: string): string => {
  const line = sums.split("\n").find((one) => one.trim().endsWith(file));
  if (line === undefined) throw new Error(`the release lists no checksum for ${file}`);
  return line.trim().split(/\s+/)[0]!.toLowerCase();
};

const download = async (url: string): Promise<Buffer> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(120_000) }).catch(
    (cause: unknown) => {
      throw new Error(`${url} cannot be reached`, { cause });
    },
  );
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
};

const locate = async (folder: string): Promise<string> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found = entries.find((entry) => entry.isFile() && /^nats-server(\.exe)?$/.test(entry.name));
  if (found === undefined) throw new Error("the archive holds no nats-server");
  const server = join(found.parentPath, found.name);
  await chmod(server, 0o755);
  return server;
};
