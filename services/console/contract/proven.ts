/** A ledger in memory that has signed one inspection as its store has it, with one bundle. */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

import { InspectionId } from "@assay/domain/kernel/ids.ts";
import { advance } from "@assay/ledger/advance.ts";
import { cosign } from "@assay/ledger/cosignature.ts";
import { keyringOf, signerFrom } from "@assay/ledger/keys.ts";
import type { EventStore } from "@assay/store/port.ts";

import { createLibrary } from "../reading/library.ts";
import type { Proofs } from "../reading/proofs.ts";

export const provenIn = async (store: EventStore, name: string): Promise<Proofs> => {
  const inspection = InspectionId.parse(name);
  const library = createLibrary(store);
  const held = (await library.one(inspection))!;
  const events = await library.events(held);
  const privateKey = randomBytes(32).toString("base64");
  const keyring = keyringOf(signerFrom("assay.example", privateKey));
  const { id: after } = events.findLast(({ type }) => type === "ReportPublished")!;
  const stage = "published";
  const signed = await advance({ inspection, events, record: undefined, keyring, stage, after });
  const witness = signerFrom("witness.example/w1", randomBytes(32).toString("base64"));
  const checkpoints = signed.checkpoints.map((each) => ({
    ...each,
    note: cosign(each.note, witness, 1_628_550_000),
  }));
  const record = { ...signed, checkpoints };
  const golden = createRequire(import.meta.url).resolve("@assay/ledger/golden/bundle-1.json");
  const bundle = { version: 1, content: readFileSync(golden) };
  return {
    keys: () => Promise.resolve(keyring.keys),
    record: (of) => Promise.resolve(of === inspection ? record : undefined),
    bundles: (of) => Promise.resolve(of === inspection ? [bundle] : []),
  };
};
