/**
 * Two witnesses beside the examples, each a process with a key and a memory of its own, where no
 * others are named. They show how a record is attested; being on this machine, they prove nothing
 * to anybody else.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import type { Witness } from "@assay/ledger/attest.ts";
import { parseVerifierKey } from "@assay/ledger/note.ts";

export type OwnWitnesses = {
  readonly witnesses: readonly Witness[];
  readonly close: () => Promise<void>;
};

const program = join(import.meta.dirname, "../witness/main.ts");
const names = ["first.witness.example", "second.witness.example"] as const;

/** Starts them for the logs of this authority. They end with this process, however it ends. */
export const startWitnesses = async (
  dataDir: string,
  authority: readonly string[],
): Promise<OwnWitnesses> => {
  const started = await Promise.all(
    names.map((name) => start(join(dataDir, "witnesses", name), name, authority)),
  );
  return {
    witnesses: started.map(({ witness }) => witness),
    close: async () => {
      for (const { child } of started) if (child.exitCode === null) child.kill();
      await Promise.all(
        started.map(async ({ child }) => child.exitCode ?? (await once(child, "exit"))),
      );
    },
  };
};

const start = async (
  folder: string,
  name: string,
  authority: readonly string[],
): Promise<{ readonly witness: Witness; readonly child: ChildProcess }> => {
  const keys = authority.flatMap((key) => ["--authority", key]);
  const given = ["--folder", folder, "--name", name, "--port", "0", ...keys];
  const child = fork(program, given, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = once(child, "exit").then(() => {
    throw new Error(`the witness ${name} ended before it answered`);
  });
  const [said] = (await Promise.race([once(child, "message"), ended])) as [unknown];
  const [url = "", key = ""] = String(said).split(" ");
  ended.catch(() => {});
  return { witness: { url, key: parseVerifierKey(key) }, child };
};
