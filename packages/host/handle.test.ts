import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { assay } from "@assay/domain/kernel/actor.ts";
import { CommandEnvelope, eventIdOf, EventMetadata } from "@assay/domain/kernel/envelope.ts";
import type { Interruption } from "@assay/store/interruption.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import { storeOver } from "@assay/store/over.ts";
import type { EventStore, NewEvent, StoredEvent } from "@assay/store/port.ts";
import { openSqliteStore } from "@assay/store/sqlite.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { createHandling, type HandlingOptions } from "./handle.ts";
import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { vigilRules } from "./contract/vigil.ts";

const at = "2026-11-22T09:00:00.000Z";
const until = "2026-11-23T09:00:00.000Z";

const envelopeOf = (command: CommandEnvelope["command"]): CommandEnvelope => {
  const id = randomUUID();
  return CommandEnvelope.parse({ id, correlationId: id, causationId: id, command });
};
const about = (inspection: string) => ({ at, by: assay, inspection });
const open = (inspection = "p1") => envelopeOf({ type: "OpenVigil", ...about(inspection), until });
const joining = (name: string, inspection = "p1") =>
  envelopeOf({ type: "JoinVigil", ...about(inspection), name });

const stopped: NewEvent = {
  id: "5f1e7c10-9a55-4c8e-8b43-000000000001",
  type: "FieldworkStopped",
  data: { at, by: assay },
  metadata: {},
};

const handlingOn = (store: EventStore, options: Partial<HandlingOptions> = {}) => {
  const metrics = createMetrics();
  const log = createLog({ service: "vigil", level: "silent" });
  const rules = [vigilRules];
  const handling = createHandling({ service: "vigil", store, rules, log, metrics, ...options });
  return { ...handling, metrics };
};

const eventsOf = async (store: EventStore, stream = "panel-p1"): Promise<StoredEvent[]> => {
  const events: StoredEvent[] = [];
  for await (const page of store.read(stream)) events.push(...page);
  return events;
};

const conflictsOf = async ({ metrics }: ReturnType<typeof handlingOn>): Promise<number> =>
  (await metrics.conflicts.get()).values.reduce((sum, { value }) => sum + value, 0);

const stores: Record<string, (folder: string, interrupt?: Interruption) => EventStore> = {
  memory: (_, interrupt) => createMemoryStore(interrupt === undefined ? {} : { interrupt }),
  sqlite: (folder, interrupt) =>
    openSqliteStore({ path: join(folder, "store.sqlite"), ...(interrupt && { interrupt }) }),
};

describe.each(Object.entries(stores))("commands handled on the %s store", (_, openStore) => {
  let folder: string;
  let store: EventStore;
  let interrupt: Interruption | undefined;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "assay-handle-"));
    interrupt = undefined;
    store = openStore(folder, (moment) => interrupt?.(moment));
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  it("records an accepted command's facts with their identity, cause and version", async () => {
    const { handle } = handlingOn(store);
    const envelope = open();
    const reply = await handle(envelope);
    expect(reply).toEqual({ accepted: true, stream: "panel-p1", revision: 0, events: 1 });
    const [event] = await eventsOf(store);
    expect(event).toMatchObject({ id: eventIdOf(envelope.id, 0), type: "VigilOpened" });
    expect(event?.data).toEqual({ at, by: assay, until });
    const { id, correlationId, causationId } = envelope;
    const expected = { commandId: id, index: 0, version: 1, correlationId, causationId };
    expect(EventMetadata.parse(event?.metadata)).toMatchObject(expected);
  });

  it("refuses malformed input with the place and the reason, without quoting it", async () => {
    const { handle } = handlingOn(store);
    const reply = await handle(envelopeOf({ type: "OpenVigil", ...about("p1"), until: "Monday" }));
    expect(reply).toMatchObject({
      accepted: false,
      refusal: { reason: "Malformed", issues: [{ path: "until", code: "invalid_format" }] },
    });
    expect(JSON.stringify(reply)).not.toContain("Monday");
    expect(await handle(envelopeOf({ type: "DissolveVigil" }))).toMatchObject({
      refusal: { reason: "Malformed", issues: [{ path: "type" }] },
    });
    expect(await eventsOf(store)).toEqual([]);
  });

  it("passes a refusal on and records nothing", async () => {
    const { handle } = handlingOn(store);
    expect(await handle(joining("ada"))).toEqual({
      accepted: false,
      refusal: { reason: "NotOpen" },
    });
    expect(await eventsOf(store)).toEqual([]);
  });

  it("answers a repeated command as before, in the same process and in the next", async () => {
    const first = handlingOn(store);
    const envelopes = [open(), joining("ada"), joining("ben")];
    const replies = [];
    for (const envelope of envelopes) replies.push(await first.handle(envelope));
    for (const again of [first, handlingOn(store)])
      for (const [index, envelope] of envelopes.entries())
        expect(await again.handle(envelope)).toEqual(replies[index]);
    expect(await eventsOf(store)).toHaveLength(3);
  });

  it("takes commands on one stream in turn, so that they never conflict", async () => {
    const handling = handlingOn(store);
    await handling.handle(open());
    const names = Array.from({ length: 50 }, (_name, index) => `w${index}`);
    await Promise.all(names.map((name) => handling.handle(joining(name))));
    const joined = (await eventsOf(store)).slice(1).map(({ data }) => data["name"]);
    expect(joined).toEqual(names);
    expect(await conflictsOf(handling)).toBe(0);
  });

  it("decides again when another replica wrote first, and loses and doubles nothing", async () => {
    const replicas = [handlingOn(store), handlingOn(store), handlingOn(store)];
    await replicas[0]!.handle(open());
    const names = Array.from({ length: 30 }, (_name, index) => `w${index}`);
    const sent = names.flatMap((name, index) => {
      const envelope = joining(name);
      // Each is sent to two replicas, as a sender does that got no reply in time.
      return [0, 1].map((shift) => replicas[(index + shift) % 3]!.handle(envelope));
    });
    for (const reply of await Promise.all(sent)) expect(reply.accepted).toBe(true);
    const joined = (await eventsOf(store)).slice(1).map(({ data }) => String(data["name"]));
    expect(joined.toSorted()).toEqual(names.toSorted());
    const conflicts = await Promise.all(replicas.map(conflictsOf));
    expect(conflicts.some((count) => count > 0)).toBe(true);
  });

  it("never refuses on what it remembers when another replica has changed it", async () => {
    const [one, other] = [handlingOn(store), handlingOn(store)];
    expect(await one.handle(joining("ada"))).toMatchObject({ accepted: false });
    await other.handle(open());
    expect(await one.handle(joining("ada"))).toMatchObject({ accepted: true, revision: 1 });
  });

  it("knows what was recorded, not what it decided, when another replica recorded it", async () => {
    const [one, other] = [handlingOn(store), handlingOn(store)];
    await other.handle(open());
    const duty = joining("ada");
    await one.handle(duty);
    // The same duty as this replica's clock and knowledge would have it.
    const likewise = { ...duty, command: { ...duty.command, name: "ben" } };
    expect(await other.handle(likewise)).toMatchObject({ accepted: true, revision: 1, events: 1 });
    expect(await other.handle(joining("ada"))).toMatchObject({ accepted: true, events: 0 });
    expect(await other.handle(joining("ben"))).toMatchObject({ accepted: true, events: 1 });
    const joined = (await eventsOf(store)).slice(1).map(({ data }) => data["name"]);
    expect(joined).toEqual(["ada", "ben"]);
  });

  it.each([
    { tells: true, reads: [0] },
    { tells: false, reads: [0, 0, 1, 2] },
  ])("reads no more than it must of a store that keeps no salt: %o", async ({ tells, reads }) => {
    const readFrom: number[] = [];
    const unsalted = storeOver(store, {
      append: async (stream, events, expected) => {
        const kept = events.map(({ metadata: { salt: _salt, ...metadata }, ...event }) => ({
          ...event,
          metadata,
        }));
        const answer = await store.append(stream, kept, expected);
        return answer.appended && !tells ? { ...answer, fresh: false } : answer;
      },
      read: (stream, options) => {
        if (stream === "panel-p1") readFrom.push(options?.from ?? 0);
        return store.read(stream, options);
      },
    });
    const { handle } = handlingOn(unsalted);
    await handle(open());
    for (const name of ["ada", "ben", "cyd"]) await handle(joining(name));
    expect(readFrom).toEqual(reads);
    expect(await eventsOf(store)).toHaveLength(4);
  });

  it("reads a consulted stream on before each command", async () => {
    const { handle } = handlingOn(store);
    await handle(open());
    expect(await handle(joining("ada"))).toMatchObject({ accepted: true });
    await store.append("fieldwork-p1", [stopped], "none");
    const refusal = { reason: "FieldworkStopped" };
    expect(await handle(joining("ben"))).toEqual({ accepted: false, refusal });
  });

  it.each(["before", "after"] as const)(
    "records once when the store fails just %s the events are durable",
    async (moment) => {
      const { handle } = handlingOn(store);
      await handle(open());
      const failures = [moment, moment];
      interrupt = (now) => {
        if (now !== failures[0]) return;
        failures.shift();
        throw new Error("power cut");
      };
      expect(await handle(joining("ada"))).toMatchObject({
        accepted: true,
        revision: 1,
        events: 1,
      });
      expect(await handle(joining("ben"))).toMatchObject({
        accepted: true,
        revision: 2,
        events: 1,
      });
      expect(failures).toEqual([]);
      expect(await eventsOf(store)).toHaveLength(3);
    },
  );

  it("gives up with a fault that may be retried when others always write first", async () => {
    let rival = 0;
    const contended = storeOver(store, {
      append: async (stream, events, expected) => {
        const theirs = { ...stopped, id: randomUUID(), type: "RivalWrote" };
        await store.append(stream, [theirs], rival === 0 ? "none" : rival - 1);
        rival += 1;
        return store.append(stream, events, expected);
      },
    });
    const handling = handlingOn(contended, { attempts: 4 });
    await expect(handling.handle(open())).rejects.toMatchObject({ code: "contended", retry: true });
    expect(await conflictsOf(handling)).toBe(4);
    expect(await eventsOf(store)).toHaveLength(4);
  });

  it("answers the same when it can remember almost nothing", async () => {
    const { handle } = handlingOn(store, { capacity: 1 });
    for (const inspection of ["p1", "p2", "p3"]) await handle(open(inspection));
    for (const name of ["ada", "ben"])
      for (const inspection of ["p1", "p2", "p3"])
        expect(await handle(joining(name, inspection))).toMatchObject({
          accepted: true,
          events: 1,
        });
    expect(await handle(joining("ada", "p2"))).toMatchObject({ accepted: true, events: 0 });
  });

  it("refuses what rests on a fact that its schema does not accept, by name", async () => {
    const odd = { ...stopped, type: "VigilOpened", data: { at, by: assay, until: "never" } };
    await store.append("panel-p1", [odd], "none");
    const { handle } = handlingOn(store);
    expect(await handle(joining("ada"))).toEqual({
      accepted: false,
      refusal: { reason: "SetAside", why: "panel-p1@0 is no VigilOpened: until invalid_format" },
    });
    expect(await eventsOf(store)).toHaveLength(1);
  });

  it("counts what it did", async () => {
    const { handle, metrics } = handlingOn(store);
    const again = open();
    await handle(again);
    await handle(again);
    await handle(open());
    await handle(joining(""));
    const { values } = await metrics.commands.get();
    const outcomes = values.map(({ labels, value }) => [labels.outcome, value]);
    expect(Object.fromEntries(outcomes)).toEqual({
      accepted: 1,
      repeated: 1,
      unchanged: 1,
      malformed: 1,
    });
  });
});
