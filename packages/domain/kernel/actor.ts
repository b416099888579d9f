/**
 * Who acts, and who may. A command is permitted by its sender's role together with the sender's
 * relation to the inspection; each step holds its own table, and `decide` asks it first.
 */
import { z } from "zod";

import { PersonId, ServiceId } from "./ids.ts";

export const Role = z.enum([
  "scheduler",
  "lead-inspector",
  "deputy-lead-inspector",
  "inspector",
  "assistant-inspector",
  "local-assessor",
  "quality-lead",
  "research-analyst",
  "panel-chair",
  "panel-member",
  "head-of-programme",
  "chief-inspector",
  "publications-officer",
  "provider-user",
  "auditor",
  "system",
]);
export type Role = z.infer<typeof Role>;

/** A person in the role in which they act; `service` is whose manager a provider user is. */
export const Actor = z.strictObject({
  id: PersonId,
  role: Role,
  service: ServiceId.optional(),
});
export type Actor = z.infer<typeof Actor>;

/** Assay itself, when it does what falls due. */
export const assay: Actor = { id: PersonId.parse("assay"), role: "system" };

/** How a person stands to one inspection, or to the case that a command is about. */
export type Relation =
  | "lead" // leads it, or deputises while the lead delegates
  | "team" // belongs to its team
  | "allocated" // the case is theirs to assess
  | "first-marker" // recorded a judgement on the case
  | "second-marker" // marks the case a second time
  | "worked" // assessed, led or contributed to it
  | "panel" // sits on its panel and is not recused
  | "chair" // chairs its panel
  | "provider" // acts for the inspected service
  | "drafted" // wrote part of its report
  | "blind" // has still to mark one of its cases without knowing the first marking
  | "informed"; // was sent its draft report

/** Permission for a role, `only` with all of these relations and `never` with any of those. */
export type Grant = {
  readonly role: Role;
  readonly only?: readonly Relation[];
  readonly never?: readonly Relation[];
};

/** For every command of a step, who may send it. */
export type Permissions<Command extends string> = Readonly<Record<Command, readonly Grant[]>>;

export type NotPermitted = {
  readonly reason: "NotPermitted";
  readonly command: string;
  readonly role: Role;
  readonly relations: readonly string[];
  readonly permitted: readonly Grant[];
};

/** The refusal that the table calls for, or undefined where it permits the command. */
export const forbids = <Command extends string>(
  table: Permissions<Command>,
  command: { readonly type: Command; readonly by: Actor },
  relations: readonly Relation[],
): NotPermitted | undefined => {
  const permitted = table[command.type];
  const allowed = permitted.some(
    ({ role, only = [], never = [] }) =>
      role === command.by.role &&
      only.every((relation) => relations.includes(relation)) &&
      !never.some((relation) => relations.includes(relation)),
  );
  if (allowed) return undefined;
  return {
    reason: "NotPermitted",
    command: command.type,
    role: command.by.role,
    relations,
    permitted,
  };
};

/** One grant for each of several roles under the same conditions. */
export const grant = (
  roles: readonly Role[],
  conditions: Omit<Grant, "role"> = {},
): readonly Grant[] => roles.map((role) => ({ role, ...conditions }));
