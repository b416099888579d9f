/**
 * Facts about reminders: who was reminded of what, before and after its date, and whether that
 * reached them. One reminder tells one person, or one role, everything at once.
 */
import { z } from "zod";

import { Role } from "../kernel/actor.ts";
import { fact, guardOf } from "../kernel/fact.ts";
import { PersonId, ServiceId } from "../kernel/ids.ts";
import { Instant } from "../kernel/instants.ts";

/** Something owed, and the how manieth time it is reminded of. */
const RemindedOf = z.strictObject({
  key: z.string(),
  what: z.string(),
  due: Instant,
  time: z.int().min(1),
});
export type RemindedOf = z.infer<typeof RemindedOf>;

/** A person by name, or whoever is in the role; `service` is whose manager a provider user is. */
export const Reminded = z.strictObject({
  role: Role,
  person: PersonId.optional(),
  service: ServiceId.optional(),
});
export type Reminded = z.infer<typeof Reminded>;

/** They are to be told; whether they were is a fact of its own. */
export const ReminderCalled = fact("ReminderCalled", {
  reminder: z.uuid(),
  to: Reminded,
  items: z.array(RemindedOf).min(1).readonly(),
});

/** It was handed over. Where mail is concerned: to the first server that took it. */
export const ReminderDelivered = fact("ReminderDelivered", {
  reminder: z.uuid(),
  channel: z.enum(["log", "mail"]),
});

/** It cannot be delivered, however often it is tried. */
export const ReminderFailed = fact("ReminderFailed", {
  reminder: z.uuid(),
  why: z.enum(["no-address", "refused"]),
});

export const ReminderEvent = z.discriminatedUnion("type", [
  ReminderCalled,
  ReminderDelivered,
  ReminderFailed,
]);
export type ReminderEvent = z.infer<typeof ReminderEvent>;

export const isReminderEvent = guardOf<ReminderEvent>(ReminderEvent);
