/**
 * Whether what was acknowledged was on the disk by then, as the operating system saw it: strace
 * lists the calls, and no acknowledgement may come between writing to the store's log and its sync.
 * A killed process cannot show this, because the system keeps what it had written.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { storePath } from "@assay/embedded/data-folder.ts";

/** Whether strace is there and may look at a process of ours. */
export const canTrace = (): boolean =>
  spawnSync("strace", ["-e", "trace=none", "true"], { stdio: "ignore" }).status === 0;

export type Traced = {
  readonly acknowledged: number;
  readonly syncs: number;
  /** How many acknowledgements came before the disk had what they acknowledge. */
  readonly early: number;
};

export const traceDurability = (plant?: "skipped-fsync"): Traced => {
  const folder = mkdtempSync(join(tmpdir(), "assay-durable-"));
  try {
    const trace = join(folder, "trace.txt");
    const program = join(import.meta.dirname, "durable-child.ts");
    const calls = "trace=write,pwrite64,fdatasync,fsync";
    const watched = [process.execPath, "--disable-warning=ExperimentalWarning", program];
    const { status, stderr } = spawnSync(
      "strace",
      [
        "-f",
        "-y",
        "-e",
        calls,
        "-o",
        trace,
        ...watched,
        join(folder, "data"),
        ...(plant ? [plant] : []),
      ],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(`the story was not told: ${stderr.slice(-500)}`);
    return readTrace(readFileSync(trace, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Lines such as `812 fdatasync(18</data/events.sqlite-wal>) = 0`, some in two parts. */
export const readTrace = (text: string): Traced => {
  const log = `${basename(storePath("."))}-wal>`;
  const begun = new Map<string, string>();
  let [acknowledged, syncs, early] = [0, 0, 0];
  let written = false;
  for (const line of text.split("\n")) {
    const [, thread = "", rest = ""] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
    if (rest.includes("<unfinished ...>")) begun.set(thread, rest);
    const call = rest.includes(" resumed>") ? (begun.get(thread) ?? "") : rest;
    const done = !rest.includes("<unfinished ...>");
    if (call.startsWith("write(1<") && call.includes('"ack\\n"') && done) {
      acknowledged += 1;
      if (written) early += 1;
    } else if (call.includes(log)) {
      if (call.startsWith("pwrite64(")) written = true;
      else if (/^f(data)?sync\(/.test(call) && done) [written, syncs] = [false, syncs + 1];
    }
  }
  return { acknowledged, syncs, early };
};
