/** What Assay asks of itself about reminders, and the reasons for a no. */
import { z } from "zod";

import { grant, type NotPermitted, type Permissions } from "../kernel/actor.ts";
import { request } from "../kernel/fact.ts";
import { ReminderDelivered, ReminderFailed } from "./events.ts";

export const ReminderCommand = z.discriminatedUnion("type", [
  request("CallReminders", {}),
  request("RecordDelivery", {
    reminder: z.uuid(),
    channel: ReminderDelivered.shape.channel,
    /** Set where it cannot be delivered. */
    failed: ReminderFailed.shape.why.optional(),
  }),
]);
export type ReminderCommand = z.infer<typeof ReminderCommand>;

const assayItself = grant(["system"]);

export const reminderPermissions: Permissions<ReminderCommand["type"]> = {
  CallReminders: assayItself,
  RecordDelivery: assayItself,
};

export type ReminderRefusal =
  | NotPermitted
  | { readonly reason: "UnknownReminder"; readonly reminder: string };
