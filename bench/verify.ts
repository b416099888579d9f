/**
 * Verifying offline: the proof of one judgement, one inspection's audit bundle, and the bundles of
 * a whole programme; each is also tried with one letter changed, and has to be refused.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { readInspection } from "@assay/host/read-inspection.ts";
import type { LogRecord } from "@assay/ledger/integrity.ts";
import { type Keyring, openKeyring } from "@assay/ledger/keys.ts";
import { leafOf, redact } from "@assay/ledger/leaf.ts";
import { logOf, proofFor } from "@assay/ledger/log.ts";
import { parseVerifierKey } from "@assay/ledger/note.ts";
import { verifyProof } from "@assay/ledger/proof.ts";
import { checkpointsOf } from "@assay/publication/checkpoints.ts";
import { bundleOf } from "@assay/publication/ledger-keeper.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { judge } from "@assay/verifier/judge.ts";

import { round, row, spreadOf, told } from "./measure.ts";
import { fillAssay, historiesOf } from "./replay/programme.ts";
import { inTurns, progress } from "./rounds.ts";

export type VerifyingOptions = { readonly rounds?: number; readonly inspections?: number };

type Figures = { readonly milliseconds: number; readonly cpu: number };

export const run = async ({ rounds = 5, inspections = 155 }: VerifyingOptions = {}) => {
  const folder = mkdtempSync(join(tmpdir(), "assay-bench-"));
  const assay = await fillAssay(folder, await historiesOf(inspections));
  try {
    const keyring = await openKeyring(join(folder, "keys"), "bench.example");
    const bundles: string[] = [];
    for (const inspection of assay.inspections) {
      progress(`bundle ${bundles.length + 1} of ${inspections}`);
      bundles.push(await bundled(assay.store, inspection, keyring));
    }
    const prove = await proving(assay.store, assay.inspections[0]!, keyring);
    const check = (bundle: string): boolean => judge(bundle, keyring.keys).holds;
    refuse("a bundle", check(bundles[0]!.replace('"answer":"yes"', '"answer":"no" ')));
    const proofs = 200;
    const contenders = [
      { name: "one judgement's proof", of: proofs, work: () => repeat(proofs, prove) },
      { name: "one inspection's bundle", of: 5, work: () => repeat(5, () => check(bundles[0]!)) },
      {
        name: `all ${inspections} bundles`,
        of: 1,
        work: () => bundles.every(check),
      },
      {
        name: `all ${inspections} bundles, only parsed`,
        of: 1,
        work: () => bundles.every((bundle) => JSON.parse(bundle) !== null),
      },
    ].map(({ name, of, work }) => ({ name, run: () => timed(of, work) }));
    const { figures } = await inTurns({ contenders, folder, rounds });
    const bytes = bundles.reduce((sum, { length }) => sum + length, 0);
    const events = assay.events;
    console.log(`${inspections} bundles of ${events} events, ${round(bytes / 2 ** 20)} MiB`);
    return { rounds, inspections, events, bytes, rows: printed(figures) };
  } finally {
    await assay.close();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** As the publisher makes it when the report goes out. */
const bundled = async (
  store: EventStore,
  inspection: InspectionId,
  keyring: Keyring,
): Promise<string> => {
  const history = { inspection, events: await readInspection(store, inspection) };
  let record: LogRecord | undefined;
  const records = {
    inspections: async () => [inspection],
    read: async () => record,
    write: async (next: LogRecord) => void (record = next),
  };
  const sign = checkpointsOf(store, { keyring, records });
  for (const event of history.events) await sign(event);
  return bundleOf(history, record!, { keyring });
};

/** What whoever holds one event, its proof and the key does; the event changed must not pass. */
const proving = async (store: EventStore, inspection: InspectionId, keyring: Keyring) => {
  const events = await readInspection(store, inspection);
  const log = logOf(inspection, events);
  const { index, event } = log.entries.find((entry) => entry.event.type === "JudgementRecorded")!;
  const own = events.find(({ id }) => id === event.id)!;
  const bundle = JSON.parse(await bundled(store, inspection, keyring)) as {
    readonly checkpoints: readonly { readonly note: string }[];
  };
  const proof = proofFor(log, index, bundle.checkpoints.at(-1)!.note);
  const keys = keyring.keys.map(parseVerifierKey);
  const check = (held: StoredEvent): boolean => {
    try {
      return verifyProof(proof, leafOf(redact(held)), keys).checkpoint.size > index;
    } catch {
      return false;
    }
  };
  refuse(
    "an event",
    check({ ...own, data: { ...own.data, answer: `not ${String(own.data["answer"])}` } }),
  );
  return () => check(own);
};

const refuse = (what: string, held: boolean): void => {
  if (held) throw new Error(`${what} was changed, and it still verifies`);
};

const repeat = (times: number, work: () => boolean): boolean => {
  for (let i = 0; i < times; i += 1) if (!work()) return false;
  return true;
};

const timed = (of: number, work: () => boolean): Figures => {
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  if (!work()) throw new Error("what is genuine does not verify");
  const { user, system } = process.cpuUsage(cpu);
  return { milliseconds: (performance.now() - begun) / of, cpu: (user + system) / 1000 / of };
};

const printed = (figures: ReadonlyMap<string, readonly Figures[]>) => {
  const widths = [-36, 26, 12];
  console.log(row(widths, ["", "ms", "of CPU"]));
  return [...figures].map(([name, all]) => {
    const milliseconds = spreadOf(all.map((each) => each.milliseconds));
    const cpu = spreadOf(all.map((each) => each.cpu));
    const digits = milliseconds.median < 100 ? 2 : 0;
    console.log(row(widths, [name, told(milliseconds, digits), round(cpu.median, digits)]));
    return { name, milliseconds, cpu };
  });
};
