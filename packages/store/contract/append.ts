/** Appending: expected revisions, repeats, and writers that race. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";

import {
  type Appended,
  comparePositions,
  type Conflict,
  maxAppendBytes,
  type NewEvent,
} from "../port.ts";
import { all, freshStream, type Held, idsOf, someEvents } from "./subject.ts";

export const appendContract = (held: Held): void => {
  expectedRevisions(held);
  repeats(held);
  races(held);
  limits(held);
};

const expectedRevisions = ({ store }: Held): void => {
  test("the first events of a stream get revisions from 0", async () => {
    const stream = freshStream();
    const answer = await store().append(stream, someEvents(3), "none");
    expect(answer).toMatchObject({ appended: true, revision: 2 });
    const events = await all(store().read(stream));
    expect(events.map(({ revision }) => revision)).toEqual([0, 1, 2]);
  });

  test("an append goes on from the revision that it names", async () => {
    const stream = freshStream();
    const first = someEvents(2);
    const second = someEvents(2);
    await store().append(stream, first, "none");
    const answer = await store().append(stream, second, 1);
    expect(answer).toMatchObject({ appended: true, revision: 3 });
    expect(idsOf(await all(store().read(stream)))).toEqual(idsOf([...first, ...second]));
  });

  test("a stream that exists is refused to a writer that expects none", async () => {
    const stream = freshStream();
    const kept = someEvents(2);
    await store().append(stream, kept, "none");
    const answer = await store().append(stream, someEvents(1), "none");
    expect(answer).toEqual({ appended: false, actual: 1 });
    expect(idsOf(await all(store().read(stream)))).toEqual(idsOf(kept));
  });

  test("an older revision, and one that was never reached, are refused", async () => {
    const stream = freshStream();
    await store().append(stream, someEvents(3), "none");
    for (const expected of [0, 1, 3, 7]) {
      const answer = await store().append(stream, someEvents(1), expected);
      expect(answer).toEqual({ appended: false, actual: 2 });
    }
    expect(await all(store().read(stream))).toHaveLength(3);
  });

  test("a revision of a stream that does not exist is refused", async () => {
    const stream = freshStream();
    const answer = await store().append(stream, someEvents(1), 0);
    expect(answer).toEqual({ appended: false, actual: "none" });
    expect(await all(store().read(stream))).toEqual([]);
  });

  test("the position given is that of the last event", async () => {
    const stream = freshStream();
    const answer = await store().append(stream, someEvents(3), "none");
    const events = await all(store().read(stream));
    expect(answer).toMatchObject({ position: events.at(-1)!.position });
    expect(comparePositions(events[0]!.position, events[1]!.position)).toBeLessThan(0);
  });
};

const isFresh = (answer: Appended | Conflict): boolean => answer.appended && answer.fresh;

const repeats = ({ store }: Held): void => {
  test("the same append again appends nothing and gets the same answer", async () => {
    const stream = freshStream();
    const [first, second] = [someEvents(2), someEvents(3)];
    const answers = [
      await store().append(stream, first, "none"),
      await store().append(stream, second, 1),
    ];
    await store().append(stream, someEvents(1), 4);
    const repeated = answers.map((answer) => ({ ...answer, fresh: false }));
    expect(await store().append(stream, first, "none")).toEqual(repeated[0]);
    expect(await store().append(stream, second, 1)).toEqual(repeated[1]);
    expect(await all(store().read(stream))).toHaveLength(6);
  });

  test("the same append many times at once is stored once", async () => {
    const stream = freshStream();
    const events = someEvents(3);
    const appends = Array.from({ length: 10 }, () => store().append(stream, events, "none"));
    const answers = await Promise.all(appends);
    for (const answer of answers) expect(answer).toEqual({ ...answers[0], fresh: isFresh(answer) });
    expect(answers.filter(isFresh).length).toBeLessThanOrEqual(1);
    expect(idsOf(await all(store().read(stream)))).toEqual(idsOf(events));
  });

  test("events that are partly stored already are a conflict", async () => {
    const stream = freshStream();
    const [a, b, c, d] = someEvents(4) as [NewEvent, NewEvent, NewEvent, NewEvent];
    await store().append(stream, [a, b, c], "none");
    const conflict = { appended: false, actual: 2 };
    expect(await store().append(stream, [b, c, d], 0)).toEqual(conflict);
    expect(await store().append(stream, [a, b, c, d], "none")).toEqual(conflict);
    expect(await store().append(stream, [a, d], "none")).toEqual(conflict);
    expect(await store().append(stream, [b, a], "none")).toEqual(conflict);
    expect(idsOf(await all(store().read(stream)))).toEqual(idsOf([a, b, c]));
  });

  test("the beginning of an earlier append is a repeat", async () => {
    const stream = freshStream();
    const events = someEvents(3);
    await store().append(stream, events, "none");
    const stored = await all(store().read(stream));
    const answer = await store().append(stream, events.slice(0, 2), "none");
    const { position } = stored[1]!;
    expect(answer).toEqual({ appended: true, revision: 1, position, fresh: false });
  });
};

const races = ({ store }: Held): void => {
  test("of writers that expect the same revision exactly one succeeds", async () => {
    const stream = freshStream();
    const appends = Array.from({ length: 20 }, () => store().append(stream, someEvents(2), "none"));
    const answers = await Promise.all(appends);
    expect(answers.filter(({ appended }) => appended)).toHaveLength(1);
    for (const answer of answers) {
      if (!answer.appended) expect(answer.actual).toBe(1);
    }
    expect(await all(store().read(stream))).toHaveLength(2);
  });

  test("writers on one stream that try again all succeed, each append in one piece", async () => {
    const stream = freshStream();
    const write = async (writer: number): Promise<void> => {
      for (let turn = 0; turn < 5; turn += 1) {
        const events = someEvents(2, `Writer${writer}`);
        let answer = await store().append(stream, events, "none");
        while (!answer.appended) answer = await store().append(stream, events, answer.actual);
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
    const events = await all(store().read(stream));
    expect(events).toHaveLength(80);
    expect(new Set(idsOf(events)).size).toBe(80);
    for (let index = 0; index < 80; index += 2) {
      expect(events[index]!.type).toBe(events[index + 1]!.type);
    }
  });
};

const limits = ({ store }: Held): void => {
  const sized = (bytes: number): NewEvent => ({
    id: randomUUID(),
    type: "Filled",
    data: { text: "x".repeat(bytes) },
    metadata: {},
  });

  test("an append of nearly the largest size is stored", async () => {
    const stream = freshStream();
    const half = maxAppendBytes / 2 - 100;
    const answer = await store().append(stream, [sized(half), sized(half)], "none");
    expect(answer).toMatchObject({ appended: true, revision: 1 });
    expect((await all(store().read(stream)))[1]?.data["text"]).toHaveLength(half);
  });

  test("an append that is too large is refused whole", async () => {
    const stream = freshStream();
    const large = store().append(stream, [...someEvents(1), sized(maxAppendBytes)], "none");
    await expect(large).rejects.toMatchObject({ code: "too-large", retry: false });
    expect(await all(store().read(stream))).toEqual([]);
  });
};
