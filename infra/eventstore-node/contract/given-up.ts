/** Calls that are given up early, through either official client. */
import { randomUUID } from "node:crypto";

import { openEventStoreDb } from "@assay/store/eventstoredb.ts";
import { expect, vi } from "vitest";

import { freshName } from "./served.ts";

/** A client's class, which knows the calls of each client that have not ended. */
type Maker = { connectionString: (...given: never[]) => unknown };
type Made = { readonly disposableStreams: ReadonlySet<unknown> };

export const someEvents = (count: number) =>
  Array.from({ length: count }, () => ({
    ...{ id: randomUUID(), type: "Tried" },
    ...{ data: { text: "x".repeat(100) }, metadata: {} },
  }));

export const leavesNoneOpen = async (maker: Maker, url: string, pings: number): Promise<void> => {
  const made = vi.spyOn(maker, "connectionString");
  const store = openEventStoreDb({ url });
  const { disposableStreams: open } = made.mock.results[0]!.value as Made;
  const stream = freshName();
  await store.append(stream, someEvents(3000), "none");
  // That which carries the appends.
  const lasting = open.size;
  for (let turn = 0; turn < pings / 50; turn += 1)
    await Promise.all(Array.from({ length: 50 }, () => store.ping()));
  for (let turn = 0; turn < 20; turn += 1) {
    for await (const _page of store.read(stream)) break;
    for await (const _page of store.readAll()) break;
    for await (const _page of store.readAll({ direction: "backwards" })) break;
    const { signal } = new AbortController();
    for await (const _delivery of store.subscribe({ signal })) break;
  }
  await expect.poll(() => open.size, { timeout: 30_000 }).toBe(lasting);
  await store.close();
};
