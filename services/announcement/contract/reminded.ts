/** One inspection, scheduled by the service, of which reminders are delivered. */
import { createMemoryBus } from "@assay/bus/memory.ts";
import { CommandEnvelope, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { remindersStream } from "@assay/domain/kernel/stream.ts";
import { createSteppedClock, type SteppedClock } from "@assay/host/clock.ts";
import type { Log } from "@assay/host/log.ts";
import { createMetrics } from "@assay/host/metrics.ts";
import { sealing, trustWithin } from "@assay/host/seal.ts";
import { type Service, startService } from "@assay/host/service.ts";
import { createMemoryStore } from "@assay/store/memory.ts";
import type { EventStore, StoredEvent } from "@assay/store/port.ts";
import { expect } from "vitest";

import type { Delivery } from "../reminding.ts";
import { announcementService } from "../service.ts";

export type Reminded = {
  readonly service: Service;
  readonly clock: SteppedClock;
  /** What is recorded of the reminders. */
  readonly facts: () => Promise<readonly StoredEvent[]>;
  /** Tells the service of it, and the chair of its board. */
  readonly announce: () => Promise<void>;
  /** Resolves once every reminder and letter is settled. */
  readonly posted: () => Promise<void>;
};

/** Fieldwork begins on 1 June 2026; it is 5 January. */
export const scheduledWith = async (
  delivery: Delivery,
  log: Log,
  disk = (store: EventStore) => store,
): Promise<Reminded> => {
  const [store, within] = [disk(createMemoryStore()), createMemoryBus()];
  const clock = createSteppedClock("2026-01-05T09:00:00.000Z" as Instant);
  const trust = trustWithin("test");
  const metrics = createMetrics();
  const service = await startService(
    announcementService({
      secret: new Uint8Array(32),
      reminding: { store, log, dataDir: undefined, delivery, now: () => clock.now() },
    }),
    { store, bus: within, clock, trust, log, metrics, dataDir: undefined },
  );
  const inspection = "sandford-2026" as InspectionId;
  const id = uuidFrom("schedule");
  const command = {
    ...{ type: "ScheduleInspection", inspection, at: clock.now(), framework: "yos-2018" },
    by: { id: "sami", role: "scheduler" },
    service: { id: "sandford", name: "Sandford Youth Justice Service" },
    fieldwork: { start: "2026-06-01", end: "2026-06-04" },
    team: [{ person: "lena", role: "lead-inspector" }],
  };
  const envelope = CommandEnvelope.parse({ id, correlationId: id, causationId: id, command });
  const bus = sealing(within, trust.own);
  expect(await bus.send("announcement", envelope)).toMatchObject({ accepted: true });
  const announce = async () => {
    const again = uuidFrom("announce");
    const recipients = [
      { office: "service-manager", text: { name: "Maya Ward" } },
      { office: "board-chair", text: { name: "Ola Brand" } },
    ];
    const { framework: _, service: __, fieldwork: ___, team: ____, ...who } = command;
    const asked = { ...who, type: "AnnounceInspection", at: clock.now(), recipients };
    const its = { id: again, correlationId: again, causationId: again, command: asked };
    const answer = await bus.send("announcement", CommandEnvelope.parse(its));
    expect(answer).toMatchObject({ accepted: true });
  };
  const facts = async (): Promise<readonly StoredEvent[]> => {
    const found: StoredEvent[] = [];
    for await (const page of store.read(remindersStream(inspection))) found.push(...page);
    return found;
  };
  const posted = async (): Promise<void> => {
    const open = async () => {
      const types = (await facts()).map(({ type }) => type.endsWith("Called"));
      return types.filter(Boolean).length * 2 - types.length;
    };
    await expect.poll(open, { timeout: 60_000, interval: 10 }).toBe(0);
  };
  return { service, clock, facts, posted, announce };
};
