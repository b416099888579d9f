/**
 * Where people are written to: a file that whoever runs Assay keeps. Addresses are personal data
 * and change, so they stay out of the store; each letter looks them up anew.
 */
import { readFileSync } from "node:fs";

import { Role } from "@assay/domain/kernel/actor.ts";
import type { Reminded } from "@assay/domain/reminders/events.ts";
import { z } from "zod";

const Address = z.email("must be an e-mail address");

const AddressBook = z.strictObject({
  /** By the person's id. */
  people: z.record(z.string(), Address).default({}),
  /** The mailbox of each inspected service, by its id. */
  services: z.record(z.string(), Address).default({}),
  /** For what is owed by a role and by nobody by name. */
  roles: z.partialRecord(Role, Address).default({}),
});
export type AddressBook = z.infer<typeof AddressBook>;

/** Throws an Error that says what is wrong, and where, when the file is not such a book. */
export const readAddressBook = (path: string): AddressBook => {
  const parsed = AddressBook.safeParse(contentOf(path));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `  ${issue.path.join(".") || "the file"}: ${issue.message}`,
  );
  throw new Error(`${path} is not an address book:\n${problems.join("\n")}`);
};

const contentOf = (path: string): unknown => {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new Error(`${path} cannot be read as JSON: ${(cause as Error).message}`, { cause });
  }
};

/** The person's own address; else the service's, for its managers; else that of the role. */
export const addressOf = (
  { people, services, roles }: AddressBook,
  { person, service, role }: Reminded,
): string | undefined => {
  if (person !== undefined) return people[person];
  return service === undefined ? roles[role] : services[service];
};
