/**
 * Delivers reminders. Each is recorded before it goes out and settled after it: a crash in between
 * sends it again under the same id, by which whoever takes it can tell.
 */
import { assay } from "@assay/domain/kernel/actor.ts";
import { CommandEnvelope, uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { ReminderCalled, ReminderEvent, type Reminded } from "@assay/domain/reminders/events.ts";
import { messageOf } from "@assay/domain/reminders/message.ts";
import type { Reaction } from "@assay/host/definition.ts";
import type { Log } from "@assay/host/log.ts";
import type { EventStore } from "@assay/store/port.ts";

export type Message = {
  /** The same for as long as it is the same reminder. */
  readonly id: string;
  readonly to: Reminded;
  readonly subject: string;
  readonly text: string;
};

/** Throws where trying again may help. */
export type Delivery = {
  readonly by: "log" | "mail";
  readonly deliver: (message: Message) => Promise<"delivered" | "no-address" | "refused">;
};

/** Says each reminder in the log, for where no mail is set up. */
export const loggedDelivery = (log: Pick<Log, "info">): Delivery => ({
  by: "log",
  deliver: async ({ id, to, subject }) => {
    log.info({ reminder: id, to, subject }, "reminder");
    return "delivered";
  },
});

export const remindPeople =
  ({ by, deliver }: Delivery) =>
  (store: Pick<EventStore, "read">): Reaction => {
    /** What became of each that is not settled yet: while it cannot be, none goes out again. */
    const sent = new Map<string, Awaited<ReturnType<Delivery["deliver"]>>>();
    const react: Reaction["react"] = async ({ type, data, stream, id }, bus) => {
      const inspection = inspectionOf(stream);
      if (type !== "ReminderCalled" || inspection === undefined) return;
      const called = ReminderCalled.parse({ type, ...data });
      const { reminder, to, at } = called;
      if (await isSettled(store, stream, reminder)) return;
      const outcome =
        sent.get(reminder) ??
        (await deliver({ id: reminder, to, ...messageOf(inspection, called) }));
      sent.set(reminder, outcome);
      const commandId = uuidFrom(`delivery/${reminder}`);
      const envelope = CommandEnvelope.parse({
        id: commandId,
        correlationId: commandId,
        causationId: id,
        command: {
          type: "RecordDelivery",
          inspection,
          at,
          by: assay,
          reminder,
          outcome: outcome === "delivered" ? by : outcome,
        },
      });
      await bus.send("announcement", envelope);
      sent.delete(reminder);
    };
    return { name: "remind", prefixes: ["reminders-"], facts: [ReminderEvent], react };
  };

const isSettled = async (
  store: Pick<EventStore, "read">,
  stream: string,
  reminder: string,
): Promise<boolean> => {
  for await (const page of store.read(stream))
    if (page.some(({ type, data }) => type !== "ReminderCalled" && data["reminder"] === reminder))
      return true;
  return false;
};
