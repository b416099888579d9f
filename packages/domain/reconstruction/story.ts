/**
 * A published inspection told as the commands that would have led to it, from its scheduling to its
 * closing. The same file gives the same commands with the same ids, so the story may be told again
 * from any point at which it was interrupted.
 */
import type { SampledCase } from "../briefing/inspection.ts";
import type { Actor, Role } from "../kernel/actor.ts";
import { type CommandEnvelope, uuidFrom } from "../kernel/envelope.ts";
import { CommandId, type InspectionId, PersonId, ServiceId } from "../kernel/ids.ts";
import type { Fieldwork } from "../framework/timetable.ts";
import { addDays, addMonths, type Instant } from "../kernel/instants.ts";
import type { AnyCommand } from "../steps.ts";
import type { PublishedCounts } from "./counts.ts";
import { workingFieldwork } from "./days.ts";
import type { PublishedInspection } from "./published-file.ts";

type Without<Command> = Command extends { readonly inspection: unknown }
  ? Omit<Command, "at" | "by" | "inspection">
  : never;

/** A command without its stamp, and the role in which somebody sends it. */
export type Line = { readonly by: Actor; readonly command: Without<AnyCommand> };

/** What happens at one moment: lanes in any order, each lane's lines one after another. */
export type Scene = { readonly at: Instant; readonly lanes: readonly (readonly Line[])[] };

export type Plot = {
  readonly file: PublishedInspection;
  readonly counts: PublishedCounts;
  readonly inspection: InspectionId;
  readonly service: { readonly id: ServiceId; readonly name: string };
  /** Working days: the published ones, or made up where none are known. */
  readonly fieldwork: Fieldwork;
  /** No such inspection was ever published: the service and all its figures are made up. */
  readonly madeUp: boolean;
};

export const plotOf = (
  file: PublishedInspection,
  counts: PublishedCounts,
  madeUp = false,
): Plot => ({
  file,
  counts,
  fieldwork: workingFieldwork(file.fieldwork ?? madeUpDays(counts.framework)),
  inspection: file.id,
  service: { id: serviceIdOf(file.service), name: file.service },
  madeUp,
});

/** A week a year after the framework came into force. */
const madeUpDays = ({ from }: PublishedCounts["framework"]): Fieldwork => {
  const start = addMonths(from, 12);
  return { start, end: addDays(start, 4) };
};

/** From the name where that tells services apart; no two names give one id. */
const serviceIdOf = (name: string): ServiceId => {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  const id = /^[ -~]+$/.test(name) && plain !== "" && plain.length <= 80;
  return ServiceId.parse(id ? plain : `service-${uuidFrom(name)}`);
};

const actor = (id: string, role: Role): Actor => ({ id: PersonId.parse(id), role });

/** The people of a reconstruction, by their work: the published report names nobody. */
export const people = {
  scheduler: actor("scheduler", "scheduler"),
  head: actor("head-of-programme", "head-of-programme"),
  lead: actor("lead-inspector", "lead-inspector"),
  inspectors: ["inspector-1", "inspector-2", "inspector-3"].map((id) => actor(id, "inspector")),
  quality: actor("quality-lead", "quality-lead"),
  analyst: actor("research-analyst", "research-analyst"),
  chair: actor("panel-chair", "panel-chair"),
  members: ["panel-member-1", "panel-member-2"].map((id) => actor(id, "panel-member")),
  chief: actor("chief-inspector", "chief-inspector"),
  publications: actor("publications-officer", "publications-officer"),
  auditor: actor("auditor", "auditor"),
} as const;

export const providerOf = ({ service }: Plot): Actor => ({
  id: PersonId.parse("service-manager"),
  role: "provider-user",
  service: service.id,
});

export const line = (by: Actor, command: Without<AnyCommand>): Line => ({ by, command });

/** The inspector to whom a case falls, by its place among the sampled cases. */
export const assessorAt = (place: number): Actor =>
  people.inspectors[place % people.inspectors.length] ?? people.lead;

/** A case with its place in its population's sample and among all sampled cases. */
export type PlacedCase = SampledCase & { readonly place: number; readonly overall: number };

export const placed = (sample: readonly SampledCase[]): readonly PlacedCase[] => {
  const seen = new Map<string, number>();
  return sample.map((each, overall) => {
    const place = seen.get(each.population) ?? 0;
    seen.set(each.population, place + 1);
    return { ...each, place, overall };
  });
};

/**
 * The envelope for a line. Its id follows from the inspection, the scene, the lane and the line's
 * place in it: nothing else, and never chance.
 */
export const envelopeFor = (
  { inspection }: Plot,
  { by, command }: Line,
  { at, place }: { readonly at: Instant; readonly place: string },
): CommandEnvelope => {
  const id = CommandId.parse(uuidFrom(`${inspection}/${at}/${place}/${command.type}`));
  const correlationId = uuidFrom(`story/${inspection}`);
  return { id, correlationId, causationId: id, command: { ...command, inspection, at, by } };
};
