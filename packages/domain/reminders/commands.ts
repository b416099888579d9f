/** What is asked about reminders and letters, mostly by Assay of itself; the reasons for a no. */
import { z } from "zod";

import { grant, type Permissions } from "../kernel/actor.ts";
import { request } from "../kernel/fact.ts";
import { Digest } from "../kernel/ids.ts";
import { PrintedWords } from "../kernel/printed.ts";
import { ReminderDelivered, ReminderFailed } from "./events.ts";

/** The one of them that people ask. */
export const RevokeLink = request("RevokeLink", { letter: z.uuid(), reason: PrintedWords });

export const ReminderCommand = z.discriminatedUnion("type", [
  request("CallReminders", {}),
  /** The digests of links, by letter, which whoever sends them fills in. */
  request("CallLetters", { links: z.record(z.uuid(), Digest).default({}) }),
  request("RecordDelivery", {
    /** The id of a reminder or of a letter. */
    reminder: z.uuid(),
    /** The channel that took it, or why none can. */
    outcome: z.union([ReminderDelivered.shape.channel, ReminderFailed.shape.why]),
  }),
  RevokeLink,
]);
export type ReminderCommand = z.infer<typeof ReminderCommand>;

const assayItself = grant(["system"]);

export const reminderPermissions: Permissions<ReminderCommand["type"]> = {
  CallReminders: assayItself,
  CallLetters: assayItself,
  RecordDelivery: assayItself,
  RevokeLink: [
    ...grant(["publications-officer", "chief-inspector", "head-of-programme"]),
    ...grant(["lead-inspector", "deputy-lead-inspector"], { only: ["lead"] }),
  ],
};

export type ReminderRefusal =
  | { readonly reason: "UnknownReminder"; readonly reminder: string }
  | { readonly reason: "NoSuchLink"; readonly letter: string }
  | { readonly reason: "AlreadySettled"; readonly reminder: string };
