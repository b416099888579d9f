/** Reading one stream and all of them, both ways, in pages. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";

import { comparePositions, type JsonObject, type NewEvent, type StoredEvent } from "../port.ts";
import { all, freshCategory, freshStream, type Held, idsOf, someEvents } from "./subject.ts";

export const readContract = (held: Held): void => {
  streams(held);
  everything(held);
  content(held);
};

const streams = ({ store }: Held): void => {
  test("a stream that does not exist reads as empty", async () => {
    expect(await all(store().read(freshStream()))).toEqual([]);
    expect(await all(store().read(freshStream(), { direction: "backwards" }))).toEqual([]);
  });

  test("a stream reads from any revision, either way, up to a limit", async () => {
    const stream = freshStream();
    await store().append(stream, someEvents(7), "none");
    const revisions = async (options: Parameters<typeof read>[1]): Promise<number[]> =>
      (await all(read(stream, options))).map(({ revision }) => revision);
    const read = store().read.bind(store());
    expect(await revisions({ from: 4 })).toEqual([4, 5, 6]);
    expect(await revisions({ from: 2, limit: 3 })).toEqual([2, 3, 4]);
    expect(await revisions({ from: 7 })).toEqual([]);
    expect(await revisions({ direction: "backwards" })).toEqual([6, 5, 4, 3, 2, 1, 0]);
    expect(await revisions({ direction: "backwards", limit: 1 })).toEqual([6]);
    expect(await revisions({ direction: "backwards", from: 2 })).toEqual([2, 1, 0]);
    expect(await revisions({ direction: "backwards", from: 99, limit: 2 })).toEqual([6, 5]);
  });

  test("a long stream reads whole in both directions", async () => {
    const stream = freshStream();
    const events = someEvents(2500);
    for (let index = 0; index < events.length; index += 500) {
      const expected = index === 0 ? "none" : index - 1;
      await store().append(stream, events.slice(index, index + 500), expected);
    }
    expect(idsOf(await all(store().read(stream)))).toEqual(idsOf(events));
    const backwards = await all(store().read(stream, { direction: "backwards" }));
    expect(idsOf(backwards)).toEqual(idsOf(events).reverse());
    const limited = await all(store().read(stream, { from: 3, limit: 2001 }));
    expect(idsOf(limited)).toEqual(idsOf(events).slice(3, 2004));
  });

  test("a reader may stop before the end", async () => {
    const stream = freshStream();
    await store().append(stream, someEvents(1200), "none");
    for await (const page of store().read(stream)) {
      expect(page[0]?.revision).toBe(0);
      break;
    }
    expect(await all(store().read(stream, { limit: 2 }))).toHaveLength(2);
  });
};

const everything = ({ store }: Held): void => {
  const twoCategories = async (): Promise<{ mine: string; other: string; ids: string[] }> => {
    const [mine, other] = [freshCategory(), freshCategory()];
    const ids: string[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const events = someEvents(2);
      await store().append(`${mine}-${turn % 3}`, events, turn < 3 ? "none" : 1);
      await store().append(`${other}-${turn}`, someEvents(1), "none");
      ids.push(...idsOf(events));
    }
    return { mine, other, ids };
  };

  test("all streams of a category read in the order of writing, either way", async () => {
    const { mine, ids } = await twoCategories();
    const forwards = await all(store().readAll({ prefixes: [`${mine}-`] }));
    expect(idsOf(forwards)).toEqual(ids);
    const direction = "backwards";
    const backwards = await all(store().readAll({ prefixes: [`${mine}-`], direction }));
    expect(backwards).toEqual(forwards.toReversed());
    for (const [index, event] of forwards.slice(1).entries()) {
      expect(comparePositions(forwards[index]!.position, event.position)).toBeLessThan(0);
    }
  });

  test("reading goes on after a position, or before it, up to a limit", async () => {
    const { mine, ids } = await twoCategories();
    const prefixes = [`${mine}-`];
    const { position } = (await all(store().readAll({ prefixes })))[4]!;
    const read = async (options: object): Promise<string[]> =>
      idsOf(await all(store().readAll({ prefixes, after: position, ...options })));
    expect(await read({})).toEqual(ids.slice(5));
    expect(await read({ limit: 2 })).toEqual(ids.slice(5, 7));
    expect(await read({ direction: "backwards" })).toEqual(ids.slice(0, 4).toReversed());
    expect(await read({ direction: "backwards", limit: 3 })).toEqual(ids.slice(1, 4).toReversed());
  });

  test("several prefixes read together, none reads nothing, and no prefix reads all", async () => {
    const { mine, other, ids } = await twoCategories();
    const both = await all(store().readAll({ prefixes: [`${mine}-0`, `${other}-`] }));
    expect(both).toHaveLength(4 + 6);
    expect(await all(store().readAll({ prefixes: [] }))).toEqual([]);
    const [first] = await all(store().readAll({ prefixes: [`${mine}-`], limit: 1 }));
    const later = await all(store().readAll({ after: first!.position }));
    const ours = later.filter(({ stream }) => stream.startsWith(`${mine}-`));
    expect(idsOf(ours)).toEqual(ids.slice(1));
    expect(later.some(({ stream }) => stream.startsWith("$"))).toBe(false);
  });

  test("the same event is the same however it is read", async () => {
    const { mine } = await twoCategories();
    const [one] = await all(store().readAll({ prefixes: [`${mine}-1`], limit: 1 }));
    const [same] = await all(store().read(`${mine}-1`, { limit: 1 }));
    expect(one satisfies StoredEvent | undefined).toEqual(same);
  });
};

const content = ({ store }: Held): void => {
  test("an event comes back with everything that it was given", async () => {
    const stream = freshStream();
    const events = someEvents(2);
    await store().append(stream, events, "none");
    const stored = await all(store().read(stream));
    for (const [index, event] of events.entries()) {
      expect(stored[index]).toEqual({
        ...event,
        stream,
        revision: index,
        position: stored[index]!.position,
      });
    }
  });

  test("any JSON survives, in data and in metadata", async () => {
    const json = fc.dictionary(fc.string({ unit: "grapheme", minLength: 1 }), fc.jsonValue());
    const event = fc.record({ data: json, metadata: json });
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 5 }), async (contents) => {
        const stream = freshStream();
        const events: NewEvent[] = contents.map(({ data, metadata }) => ({
          id: randomUUID(),
          type: "Noted",
          data: plain(data),
          metadata: plain(metadata),
        }));
        await store().append(stream, events, "none");
        const stored = await all(store().read(stream));
        expect(stored.map(({ data, metadata }) => ({ data, metadata }))).toEqual(
          events.map(({ data, metadata }) => ({ data, metadata })),
        );
      }),
      { numRuns: 30 },
    );
  });
};

/** As JSON keeps it: no negative zero, no prototype but the usual one. */
const plain = (value: unknown): JsonObject => JSON.parse(JSON.stringify(value));
