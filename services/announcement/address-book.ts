/**
 * Where people are written to: a file that whoever runs Assay keeps. Addresses are personal data
 * and change, so they stay out of the store; each letter looks them up anew.
 */
import type { Role } from "@assay/domain/kernel/actor.ts";
import type { Addressed, Reminded } from "@assay/domain/reminders/events.ts";

export type Addressee = {
  readonly address: string;
  /** What the letter calls them. */
  readonly name?: string | undefined;
};

type Addresses<Name extends string = string> = Readonly<Partial<Record<Name, Addressee>>>;

export type AddressBook = {
  /** By the person's id. */
  readonly people: Addresses;
  /** The mailbox of each inspected service, by its id. */
  readonly services: Addresses;
  /** Of a service's offices, such as the chair of its board: by the service, then the office. */
  readonly offices: Readonly<Partial<Record<string, Addresses>>>;
  /** Of bodies that get copies under embargo, by the name under which they are given one. */
  readonly bodies: Addresses;
  /** For what is owed by a role and by nobody by name. */
  readonly roles: Addresses<Role>;
};

/** The person's own address; else the service's, for its managers; else that of the role. */
export const addresseeIn = (
  { people, services, roles }: AddressBook,
  { person, service, role }: Reminded,
): Addressee | undefined => {
  if (person !== undefined) return people[person];
  return service === undefined ? roles[role] : services[service];
};

/**
 * A body's own address; else that of the office, and where the book has none, the service's own
 * mailbox: its letter says whom it is for.
 */
export const addressedIn = (
  { services, offices, bodies }: AddressBook,
  { service, office }: Addressed,
  body: string | undefined,
): Addressee | undefined => {
  if (body !== undefined) return bodies[body];
  const own = office === undefined ? undefined : offices[service]?.[office];
  return own ?? services[service];
};
