import { randomUUID } from "node:crypto";

import { assay } from "@assay/domain/kernel/actor.ts";
import { CommandEnvelope } from "@assay/domain/kernel/envelope.ts";
import type { Interruption } from "@assay/store/interruption.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore } from "@assay/store/port.ts";
import { beforeEach, describe, expect, it } from "vitest";

import { createHandling } from "./handle.ts";
import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { vigilRules } from "./contract/vigil.ts";

const about = { at: "2026-11-22T09:00:00.000Z", by: assay, inspection: "p1" };
const envelopeOf = (command: CommandEnvelope["command"]): CommandEnvelope => {
  const id = randomUUID();
  return CommandEnvelope.parse({ id, correlationId: id, causationId: id, command });
};
const open = () => envelopeOf({ type: "OpenVigil", ...about, until: "2026-11-23T09:00:00.000Z" });
const joining = (name: string) => envelopeOf({ type: "JoinVigil", ...about, name });

describe("commands that wait for the same stream", () => {
  let store: EventStore;
  let appends: number;
  let interrupt: Interruption | undefined;

  const handlingOn = (on: EventStore) =>
    createHandling({
      service: "vigil",
      store: on,
      rules: [vigilRules],
      log: createLog({ service: "vigil", level: "silent" }),
      metrics: createMetrics(),
    });
  const names = async (): Promise<unknown[]> => {
    const joined: unknown[] = [];
    for await (const page of store.read("panel-p1")) joined.push(...page.map(({ data }) => data));
    return joined.slice(1).map((data) => (data as { readonly name: string }).name);
  };

  beforeEach(() => {
    appends = 0;
    interrupt = undefined;
    store = createMemoryStore({
      interrupt: (moment) => {
        if (moment === "before") appends += 1;
        interrupt?.(moment);
      },
    });
  });

  it("are appended at once, each with its own answer", async () => {
    const { handle } = handlingOn(store);
    await handle(open());
    const [ada, again, ben] = [joining("ada"), joining("ada"), joining("ben")];
    const sent = [joining("first"), ada, ada, again, open(), ben];
    const [, ...replies] = await Promise.all(sent.map(handle));
    const accepted = (revision: number, events: number) => ({
      accepted: true,
      stream: "panel-p1",
      revision,
      events,
    });
    expect(replies[0]).toEqual(accepted(2, 1));
    expect(replies[1]).toEqual(accepted(2, 1));
    expect(replies[2]).toEqual(accepted(2, 0));
    expect(replies[3]).toEqual(accepted(2, 0));
    expect(replies[4]).toEqual(accepted(3, 1));
    expect(await names()).toEqual(["first", "ada", "ben"]);
    expect(appends).toBe(3);
  });

  it.each(["before", "after"] as const)(
    "are recorded once each when the store fails just %s a shared write is durable",
    async (moment) => {
      const { handle } = handlingOn(store);
      await handle(open());
      const failures = [undefined, moment];
      interrupt = (now) => {
        if (failures[0] !== undefined && now !== failures[0]) return;
        if (failures[0] === undefined && now === "before") return;
        if (failures.shift() !== undefined) throw new Error("power cut");
      };
      const sent = Array.from({ length: 20 }, (_, index) => `w${index}`);
      const replies = await Promise.all(sent.map((name) => handle(joining(name))));
      expect(replies.every(({ accepted }) => accepted)).toBe(true);
      expect(failures).toEqual([]);
      expect(await names()).toEqual(sent);
    },
  );

  it("are carried out alone where one would have failed the others", async () => {
    const { handle } = handlingOn(store);
    await handle(open());
    const huge = "x".repeat(1_100_000);
    const sent = [joining("first"), joining("ada"), joining(huge), joining("ben")].map(handle);
    const ended = await Promise.allSettled(sent);
    const done = ended.map(({ status }) => status === "fulfilled");
    expect(done).toEqual([true, true, false, true]);
    expect(await names()).toEqual(["first", "ada", "ben"]);
  });
});
