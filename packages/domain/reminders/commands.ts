/** What Assay asks of itself about reminders, and the reasons for a no. */
import { z } from "zod";

import { grant, type Permissions } from "../kernel/actor.ts";
import { request } from "../kernel/fact.ts";
import { ReminderDelivered, ReminderFailed } from "./events.ts";

export const ReminderCommand = z.discriminatedUnion("type", [
  request("CallReminders", {}),
  request("RecordDelivery", {
    reminder: z.uuid(),
    /** The channel that took it, or why none can. */
    outcome: z.union([ReminderDelivered.shape.channel, ReminderFailed.shape.why]),
  }),
]);
export type ReminderCommand = z.infer<typeof ReminderCommand>;

const assayItself = grant(["system"]);

export const reminderPermissions: Permissions<ReminderCommand["type"]> = {
  CallReminders: assayItself,
  RecordDelivery: assayItself,
};

export type ReminderRefusal =
  | { readonly reason: "UnknownReminder"; readonly reminder: string }
  | { readonly reason: "AlreadySettled"; readonly reminder: string };
