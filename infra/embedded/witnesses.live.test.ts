import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { attest } from "@assay/ledger/attest.ts";
import { advance } from "@assay/ledger/advance.ts";
import { verifyCosignatures } from "@assay/ledger/cosignature.ts";
import { openKeyring } from "@assay/ledger/keys.ts";
import { parseNote } from "@assay/ledger/note.ts";
import { eventsOf } from "@assay/spec/logged.ts";
import { worldAt } from "@assay/spec/stages.ts";
import type { StoredEvent } from "@assay/store/port.ts";
import { expect, it } from "vitest";

import { startWitnesses } from "./witnesses.ts";

it("two processes attest what the examples sign, and end when they are asked to", async () => {
  const folder = mkdtempSync(join(tmpdir(), "assay-witnesses-"));
  const keyring = await openKeyring(join(folder, "keys"), "assay.example");
  const { witnesses, close } = await startWitnesses(folder, keyring.keys);
  try {
    const world = worldAt("announced");
    const { inspection } = world;
    const events = eventsOf(world) as readonly unknown[] as StoredEvent[];
    const after = events.at(-1)!.id;
    const stage = "announced";
    const record = await advance({ inspection, events, record: undefined, keyring, stage, after });
    const found = await attest(record, events, { witnesses, patience: 10_000 });
    expect(found.failures).toEqual([]);
    const keys = witnesses.map(({ key }) => key);
    const cosigned = verifyCosignatures(parseNote(found.record.checkpoints[0]!.note), keys);
    expect(cosigned.map(({ witness }) => witness)).toEqual(keys.map(({ name }) => name));
  } finally {
    await close();
  }
  await expect(fetch(witnesses[0]!.url)).rejects.toThrow("fetch failed");
  rmSync(folder, { recursive: true });
});
