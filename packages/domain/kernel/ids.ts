/** The names of things. All are branded, so that one kind is never passed where another belongs. */
import { z } from "zod";

const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:[-.][a-z0-9]+)*$/, "lower-case letters, digits, - and .");

/** One inspection of one service, such as `peterborough-2020`. Part of stream names. */
export const InspectionId = slug
  .max(80)
  .regex(/^[^.]+$/, "no full stop in an inspection's id")
  .brand("InspectionId");
export type InspectionId = z.infer<typeof InspectionId>;

export const ProgrammeId = slug.max(80).brand("ProgrammeId");
export type ProgrammeId = z.infer<typeof ProgrammeId>;

/** A framework's document. Part of stream names. */
export const FrameworkId = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "small letters, digits and hyphens")
  .max(80)
  .brand("FrameworkId");
export type FrameworkId = z.infer<typeof FrameworkId>;

/** An inspected body. */
export const ServiceId = slug.max(80).brand("ServiceId");
export type ServiceId = z.infer<typeof ServiceId>;

export const PersonId = slug.max(120).brand("PersonId");
export type PersonId = z.infer<typeof PersonId>;

/**
 * A case within one inspection: its row in the case list as received, `c0001` being the first.
 * It says nothing about anybody; the provider's own reference is kept apart, as text.
 */
export const CaseId = z
  .string()
  .regex(/^c\d{4,6}$/, "c and the row's number, such as c0007")
  .brand("CaseId");
export type CaseId = z.infer<typeof CaseId>;

export const CommandId = z.uuid().brand("CommandId");
export type CommandId = z.infer<typeof CommandId>;

export const EventId = z.uuid().brand("EventId");
export type EventId = z.infer<typeof EventId>;

/** A name that its author chose for an evidence item, an alert or a comment. */
export const ItemId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "lower-case letters, digits and -, at most 64")
  .brand("ItemId");
export type ItemId = z.infer<typeof ItemId>;

/** SHA-256, 64 lower-case hexadecimal digits. */
export const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "64 hexadecimal digits")
  .brand("Digest");
export type Digest = z.infer<typeof Digest>;

/** The id of the case in row `row` (1 is the first) of a case list. */
export const caseIdOf = (row: number): CaseId => CaseId.parse(`c${String(row).padStart(4, "0")}`);
