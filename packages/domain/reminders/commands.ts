/** What is asked about reminders and letters, by Assay and by people; the reasons for a no. */
import { z } from "zod";

import { grant, type Permissions } from "../kernel/actor.ts";
import { request } from "../kernel/fact.ts";
import { PrintedWords } from "../kernel/printed.ts";
import { ReminderDelivered, ReminderFailed } from "./events.ts";

/** What people ask: no link of an earlier letter holds once it is sent again. */
export const PostCommand = z.discriminatedUnion("type", [
  request("RevokeLink", { letter: z.uuid(), reason: PrintedWords }),
  request("SendLetterAgain", { letter: z.uuid() }),
]);
export type PostCommand = z.infer<typeof PostCommand>;

export const ReminderCommand = z.discriminatedUnion("type", [
  request("CallReminders", {}),
  request("CallLetters", {}),
  request("RecordDelivery", {
    /** The id of a reminder or of a letter. */
    reminder: z.uuid(),
    /** The channel that took it, or why none can. */
    outcome: z.union([ReminderDelivered.shape.channel, ReminderFailed.shape.why]),
  }),
  ...PostCommand.options,
]);
export type ReminderCommand = z.infer<typeof ReminderCommand>;

const assayItself = grant(["system"]);
const people = [
  ...grant(["publications-officer", "chief-inspector", "head-of-programme"]),
  ...grant(["lead-inspector", "deputy-lead-inspector"], { only: ["lead"] }),
];

export const reminderPermissions: Permissions<ReminderCommand["type"]> = {
  CallReminders: assayItself,
  CallLetters: assayItself,
  RecordDelivery: assayItself,
  RevokeLink: people,
  SendLetterAgain: people,
};

export type ReminderRefusal =
  | { readonly reason: "UnknownReminder"; readonly reminder: string }
  | { readonly reason: "NoSuchLink"; readonly letter: string }
  | { readonly reason: "LetterIsOver"; readonly letter: string }
  | { readonly reason: "AlreadySettled"; readonly reminder: string };
