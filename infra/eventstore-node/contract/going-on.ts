/** What is written, read and followed through an election, by either official client. */
import { randomUUID } from "node:crypto";

import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import { expect } from "vitest";

import { freshName } from "./served.ts";

export const event = () => ({ id: randomUUID(), type: "Tried", data: {}, metadata: {} });

/** `act` begins when a third of the appends has been acknowledged. */
export const goesOn = async (url: string, act: () => Promise<void>): Promise<void> => {
  const store = openEventStoreDb({ url });
  const [stream, ending] = [freshName(), new AbortController()];
  const seen: number[] = [];
  const following = (async () => {
    for await (const delivery of store.subscribe({ signal: ending.signal })) {
      if (delivery.kind !== "events") continue;
      const mine = delivery.events.filter((one) => one.stream === stream);
      seen.push(...mine.map((one) => one.revision));
    }
  })();
  let changing: Promise<void> | undefined;
  for (let revision = 0; revision < 60; revision += 1) {
    if (revision === 20) changing = act();
    const expected = revision === 0 ? "none" : revision - 1;
    expect(await store.append(stream, [event()], expected)).toMatchObject({ revision });
    const read: number[] = [];
    for await (const page of store.read(stream)) read.push(...page.map((one) => one.revision));
    expect(read).toEqual([...Array(revision + 1).keys()]);
  }
  await changing;
  await expect.poll(() => seen, { timeout: 20_000 }).toEqual([...Array(60).keys()]);
  ending.abort();
  await following;
  await store.close();
};
