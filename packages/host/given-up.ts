/** Gives up the keys of an inspection whose words are lost, as a fact in the store. */
import { randomUUID } from "node:crypto";

import type { Actor } from "@assay/domain/kernel/actor.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import type { EventStore } from "@assay/store/port.ts";
import { givenUpStream, isGivenUp, KeysGivenUp } from "@assay/vault/given-up.ts";
import { lostIn } from "@assay/vault/seal.ts";

import { readInspection } from "./read-inspection.ts";

type GivingUp = {
  readonly inspection: InspectionId;
  readonly at: Instant;
  readonly by: Actor;
};

/** False where every word of it opens; given up a second time, nothing happens. */
export const giveUpKeys = async (
  store: Pick<EventStore, "read" | "append">,
  { inspection, ...stamp }: GivingUp,
): Promise<boolean> => {
  const stream = givenUpStream(inspection);
  if (await isGivenUp(store, `inspection-${inspection}`)) return true;
  const events = await readInspection(store, inspection);
  if (events.every((event) => Object.keys(lostIn(event)).length === 0)) return false;
  const { type, ...data } = KeysGivenUp.parse({ type: "KeysGivenUp", ...stamp });
  const given = { id: randomUUID(), type, data, metadata: { version: 1 } };
  await store.append(stream, [given], "none");
  return true;
};
