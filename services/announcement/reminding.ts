/**
 * Delivers reminders. Each is recorded before it goes out and settled after it: a crash in between
 * sends it again under the same id, by which whoever takes it can tell.
 */
import type { CommandBus } from "@assay/bus/port.ts";
import { assay } from "@assay/domain/kernel/actor.ts";
import { CommandEnvelope, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import type { InspectionId } from "@assay/domain/kernel/ids.ts";
import { inspectionOf, inspectionStream } from "@assay/domain/kernel/stream.ts";
import { ReminderCalled, ReminderEvent } from "@assay/domain/reminders/events.ts";
import { letterOf, subjectOf } from "@assay/domain/reminders/message.ts";
import { claim } from "@assay/host/claims.ts";
import type { Reaction } from "@assay/host/definition.ts";
import type { Log } from "@assay/host/log.ts";
import type { EventStore } from "@assay/store/port.ts";

import { addresseeIn, type AddressBook } from "./address-book.ts";
import { type Letter, lettersPath, openLetters } from "./letters.ts";
import type { Mail } from "./mail.ts";
import { createPosting, type Outcome, type PostingOptions } from "./posting.ts";

type Store = Pick<EventStore, "read" | "append">;
type Called = Extract<ReminderEvent, { type: "ReminderCalled" }>;

export type Delivery = (surroundings: {
  readonly store: Store;
  readonly log: Pick<Log, "info" | "warn">;
  /** Where letters that wait are kept; undefined keeps them in memory. */
  readonly dataDir: string | undefined;
}) => Reaction;

/** Says each reminder in the log, for where no mail is set up. */
export const loggedDelivery: Delivery = ({ store, log }) =>
  reminding(store, async ({ stream, event, called }, bus) => {
    const { reminder, to } = called;
    const service = await serviceIn(store, stream);
    log.info({ reminder, to, subject: subjectOf(service, called) }, "reminder");
    await record(bus, { stream, event, called, outcome: "log" });
  });

export type MailedOptions = Pick<PostingOptions, "waits" | "look"> & {
  readonly hand: (mail: Mail) => Promise<"delivered" | "refused">;
  /** Asked for each letter. */
  readonly addresses: () => AddressBook;
  /** Where people find the console. */
  readonly url: string | undefined;
  readonly replyTo: string;
};

/** By letters, which wait in a file of their own and go out beside everything else. */
export const mailedDelivery =
  ({ hand, addresses, url, replyTo: contact, ...pace }: MailedOptions): Delivery =>
  ({ store, log, dataDir }) => {
    const send = async ({ id, stream }: Letter): Promise<Outcome | undefined> => {
      const { called, outcome } = await reminderIn(store, stream, id);
      if (!called || outcome === "ReminderDelivered") return undefined;
      const addressee = addresseeIn(addresses(), called.to);
      if (addressee === undefined) return "no-address";
      const service = await serviceIn(store, stream);
      const byName = addressee.name ?? (called.to.service && `colleagues at ${service}`);
      const around = { addressee: byName, service: service, url, contact };
      const text = letterOf(inspectionOf(stream)!, called, around);
      return hand({ id, to: addressee.address, subject: subjectOf(service, called), text });
    };
    const claimed = ({ id }: Letter, milliseconds: number) =>
      claim(store, `letter-${id}`, { milliseconds });
    let posting: ReturnType<typeof createPosting> | undefined;
    const begin = (bus: CommandBus) => {
      const settle = async ({ id, stream, event }: Letter, outcome: Outcome): Promise<void> => {
        const { called } = await reminderIn(store, stream, id);
        const settled = outcome === "delivered" ? "mail" : outcome;
        if (called) await record(bus, { stream, event, called, outcome: settled });
      };
      const file = dataDir === undefined ? ":memory:" : lettersPath(dataDir);
      posting = createPosting({
        ...pace,
        database: openLetters(file),
        log,
        send,
        settle,
        claim: claimed,
      });
      return posting;
    };
    const reaction = reminding(store, async ({ stream, event, called }) => {
      const { reminder: id, to } = called;
      posting!.post({ id, stream, event, recipient: JSON.stringify(to) });
    });
    return { ...reaction, begin };
  };

type Reminder = {
  readonly stream: string;
  /** The id of the event by which it was called for. */
  readonly event: string;
  readonly called: Called;
};

const reminding = (
  store: Store,
  deliver: (reminder: Reminder, bus: CommandBus) => Promise<void>,
): Reaction => ({
  name: "remind",
  prefixes: ["reminders-"],
  facts: [ReminderEvent],
  react: async ({ type, data, stream, id: event }, bus) => {
    if (type !== "ReminderCalled") return;
    const called = ReminderCalled.parse({ type, ...data });
    const { outcome } = await reminderIn(store, stream, called.reminder);
    if (outcome === undefined) await deliver({ stream, event, called }, bus);
  },
});

const record = async (
  bus: CommandBus,
  { stream, event, called, outcome }: Reminder & { readonly outcome: string },
): Promise<void> => {
  const { reminder, at } = called;
  const id = uuidFrom(`delivery/${reminder}/${outcome}`);
  const command = {
    ...{ type: "RecordDelivery", inspection: inspectionOf(stream), at, by: assay },
    ...{ reminder, outcome },
  };
  const envelope = { id, correlationId: id, causationId: event, command };
  await bus.send("announcement", CommandEnvelope.parse(envelope));
};

/** A reminder with what is recorded of it. */
const reminderIn = async (store: Store, stream: string, id: string) => {
  let called: Called | undefined;
  let outcome: string | undefined;
  for await (const page of store.read(stream))
    for (const { type, data } of page) {
      if (data["reminder"] !== id) continue;
      if (type === "ReminderCalled") called = ReminderCalled.parse({ type, ...data });
      else outcome = type;
    }
  return { called, outcome };
};

/** The service that is inspected; by the inspection's id where that cannot be read. */
const serviceIn = async (store: Store, reminders: string): Promise<string> => {
  const inspection = inspectionOf(reminders) as InspectionId;
  for await (const page of store.read(inspectionStream(inspection)))
    for (const { data } of page) {
      const service = data["service"] as { readonly name?: unknown } | undefined;
      if (typeof service?.name === "string") return service.name;
    }
  return inspection;
};
