/**
 * Facts about what is sent to people: reminders of what they owe, and the letters that an
 * inspection brings with it; whether each reached them. A reminder tells one person everything.
 */
import { z } from "zod";

import { SettingId } from "../framework/setting-id.ts";
import { Role } from "../kernel/actor.ts";
import { fact, guardOf, text, Words } from "../kernel/fact.ts";
import { Digest, PersonId, ServiceId } from "../kernel/ids.ts";
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

/**
 * Somebody who is written to: the service; one of its offices; or whoever stands at that place,
 * from 1, among those whom the announcement or the embargo names.
 */
export const Addressed = z.strictObject({
  service: ServiceId,
  office: SettingId.optional(),
  place: z.int().min(1).optional(),
});
export type Addressed = z.infer<typeof Addressed>;

/** What leads to one file, for whoever has it, until then. Only its digest is kept. */
const Link = z.strictObject({ digest: Digest, until: Instant });

/**
 * A letter is to go out about a fact that `key` names. Its words are made from the facts, so that
 * they are nowhere twice. `copy` is one under embargo; `change` says what became of dates in
 * earlier letters.
 */
export const LetterCalled = fact("LetterCalled", {
  letter: z.uuid(),
  about: z.enum(["announcement", "chaser", "draft", "copy", "publication", "change"]),
  key: z.string().min(1).max(200),
  to: Addressed,
  link: Link.optional(),
});
export type LetterCalled = z.infer<typeof LetterCalled>;

/** Whoever has the letter gets nothing by its link any more. */
export const LinkRevoked = fact("LinkRevoked", {
  letter: z.uuid(),
  text: text({ reason: Words }),
});

/** It was handed over. Where mail is concerned: to the first server that took it. */
export const ReminderDelivered = fact("ReminderDelivered", {
  /** The id of a reminder or of a letter. */
  reminder: z.uuid(),
  channel: z.enum(["log", "mail"]),
});

/** It cannot be delivered, however often it is tried; `over`: what it says held no more by then. */
export const ReminderFailed = fact("ReminderFailed", {
  reminder: z.uuid(),
  why: z.enum(["no-address", "refused", "over"]),
});

/** Under way until it was handed over, or turned out to have nowhere to go. */
export type LetterOutcome =
  | "under-way"
  | z.infer<typeof ReminderDelivered>["channel"]
  | z.infer<typeof ReminderFailed>["why"];

export const ReminderEvent = z.discriminatedUnion("type", [
  ReminderCalled,
  ReminderDelivered,
  ReminderFailed,
  LetterCalled,
  LinkRevoked,
]);
export type ReminderEvent = z.infer<typeof ReminderEvent>;

export const isReminderEvent = guardOf<ReminderEvent>(ReminderEvent);
