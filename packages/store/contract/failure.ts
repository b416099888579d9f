/** Failing: replies that are lost, processes that die, stores that are closed and opened again. */
import { expect, test } from "vitest";

import { type Appended, type ExpectedRevision, type NewEvent, StoreFault } from "../port.ts";
import { all, freshCategory, freshStream, type Held, idsOf, someEvents } from "./subject.ts";
import { eventAt, eventsFrom, eventsPerAppend } from "./writer.ts";

export const failureContract = (held: Held): void => {
  losses(held);
  reopening(held);
  crashes(held);
};

const losses = ({ store, subject }: Held): void => {
  /** As a careful caller does: the same append again, for as long as the fault allows it. */
  const persist = async (
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<Appended> => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      try {
        const answer = await store().append(stream, events, expected);
        if (!answer.appended) throw new Error(`refused: the stream is at ${answer.actual}`);
        return answer;
      } catch (error) {
        if (!(error instanceof StoreFault && error.retry)) throw error;
      }
    }
    throw new Error("twenty attempts failed");
  };

  for (const how of ["lost", "landed"] as const) {
    test(`an append that is reported lost (${how}) and sent again is stored once`, async () => {
      const stream = freshStream();
      const [first, second] = [someEvents(2), someEvents(3)];
      const firstFailed = subject().failNext(how);
      expect(await persist(stream, first, "none")).toMatchObject({ revision: 1 });
      expect(firstFailed()).toBe(true);
      const secondFailed = subject().failNext(how);
      expect(await persist(stream, second, 1)).toMatchObject({ revision: 4 });
      expect(secondFailed()).toBe(true);
      const stored = await all(store().read(stream));
      expect(idsOf(stored)).toEqual(idsOf([...first, ...second]));
    });

    test(`appends that fail together (${how}) are each stored once when sent again`, async () => {
      const category = freshCategory();
      const failed = subject().failNext(how);
      const appends = Array.from({ length: 10 }, async (_, index) => {
        const stream = `${category}-${index}`;
        const events = someEvents(2);
        await persist(stream, events, "none");
        expect(idsOf(await all(store().read(stream)))).toEqual(idsOf(events));
      });
      await Promise.all(appends);
      expect(failed()).toBe(true);
      expect(await all(store().readAll({ prefixes: [`${category}-`] }))).toHaveLength(20);
    });
  }
};

const reopening = ({ store, reopen, closed }: Held): void => {
  test("what was acknowledged is there when the store is opened again", async () => {
    const category = freshCategory();
    const stream = `${category}-1`;
    const events = someEvents(3);
    const answer = await store().append(stream, events, "none");
    const before = await all(store().readAll({ prefixes: [`${category}-`] }));
    await reopen();
    expect(await all(store().readAll({ prefixes: [`${category}-`] }))).toEqual(before);
    expect(await store().append(stream, events, "none")).toEqual({ ...answer, fresh: false });
    const refused = await store().append(stream, someEvents(1), "none");
    expect(refused).toEqual({ appended: false, actual: 2 });
    expect(await store().append(stream, someEvents(1), 2)).toMatchObject({ revision: 3 });
  });

  test("a closed store says so, and what was asked before is finished", async () => {
    const stream = freshStream();
    const old = store();
    await old.ping();
    const events = someEvents(2);
    await closed(async () => {
      const fault = { name: "StoreFault", code: "closed", retry: false };
      await expect(old.append(stream, events, "none")).rejects.toMatchObject(fault);
      await expect(all(old.read(stream))).rejects.toMatchObject(fault);
      await expect(all(old.readAll())).rejects.toMatchObject(fault);
      await expect(old.ping()).rejects.toMatchObject(fault);
      await old.close();
    });
    expect(await all(store().read(stream))).toEqual([]);
  });
};

const crashes = (held: Held): void => {
  for (const moment of ["anytime", "before", "after"] as const) {
    test(`a crash (${moment}) loses nothing acknowledged and leaves nothing half done`, async () => {
      const category = freshCategory();
      const prefix = `${category}-`;
      const acknowledged = await held.closed(() => held.subject().crash(prefix, moment));
      expect(acknowledged.length).toBeGreaterThan(0);
      const streams = new Set(acknowledged.map(({ stream }) => stream));
      for (const stream of streams) {
        const events = await all(held.store().read(stream));
        const expected = events.map((_, revision) => eventAt(stream, revision).id);
        expect(idsOf(events)).toEqual(expected);
        expect(events.length % eventsPerAppend).toBe(0);
        const mine = acknowledged.filter((one) => one.stream === stream);
        const last = Math.max(...mine.map(({ revision }) => revision));
        expect(events.length).toBeGreaterThan(last);
        await goesOn(held, stream, events.length);
      }
    });
  }
};

const goesOn = async ({ store }: Held, stream: string, length: number): Promise<void> => {
  const from = length - eventsPerAppend;
  const expected = from === 0 ? "none" : from - 1;
  const again = await store().append(stream, eventsFrom(stream, from), expected);
  expect(again).toMatchObject({ appended: true, revision: length - 1 });
  const next = await store().append(stream, eventsFrom(stream, length), length - 1);
  expect(next).toMatchObject({ appended: true, revision: length + eventsPerAppend - 1 });
};
