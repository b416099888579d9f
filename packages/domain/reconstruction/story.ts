/**
 * An inspection told as the commands that lead through it, from its scheduling to its closing. The
 * same plot gives the same commands with the same ids, so the story may be told again from any
 * point at which it was interrupted.
 */
import type { Reconstruction } from "../announcement/events.ts";
import type { SampledCase } from "../briefing/inspection.ts";
import type { Scope } from "../framework/case-profile.ts";
import type { Framework } from "../framework/document.ts";
import type { Rating } from "../framework/scale.ts";
import type { Fieldwork } from "../framework/timetable.ts";
import type { Actor, Role } from "../kernel/actor.ts";
import { type CommandEnvelope, uuidFrom } from "../kernel/envelope.ts";
import { CommandId, type InspectionId, PersonId, ServiceId } from "../kernel/ids.ts";
import type { Instant } from "../kernel/instants.ts";
import type { CaseRow } from "../sampling/case-list.ts";
import type { SizeOverrides } from "../sampling/sizes.ts";
import type { AnyCommand } from "../steps.ts";
import type { Sayings } from "./sayings.ts";

type Without<Command> = Command extends { readonly inspection: unknown }
  ? Omit<Command, "at" | "by" | "inspection">
  : never;

/** A command without its stamp, and the role in which somebody sends it. */
export type Line = { readonly by: Actor; readonly command: Without<AnyCommand> };

/** What happens at one moment: lanes in any order, each lane's lines one after another. */
export type Scene = { readonly at: Instant; readonly lanes: readonly (readonly Line[])[] };

export type Answered = {
  readonly question: string;
  readonly answer: "yes" | "no" | "not-applicable";
};

/** What is recorded for one case of the sample. */
export type FoundCase = { readonly scope: Scope; readonly answers: readonly Answered[] };

/** A rating that was published, and the reason for it where one is on record. */
export type PublishedRating = { readonly rating: Rating; readonly reason?: string | undefined };

/** A figure about the service, with its day. */
export type Figure = {
  readonly name: string;
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  readonly asOf: string;
};

export type Plot = {
  readonly inspection: InspectionId;
  readonly service: { readonly id: ServiceId; readonly name: string };
  /** As the inspection's kind rates it. */
  readonly framework: Framework;
  /** The kind of inspection; left out: the usual one. */
  readonly kind?: string | undefined;
  /** Working days. */
  readonly fieldwork: Fieldwork;
  /** What was published of it, where a published report is carried through. */
  readonly reconstruction?: Reconstruction | undefined;
  readonly list: readonly CaseRow[];
  readonly sizes?: SizeOverrides | undefined;
  readonly found: (each: PlacedCase) => FoundCase;
  /** In so many cases somebody who worked on it is spoken to. */
  readonly interviews: number;
  /** What people propose and decide, by the code of what they judge. */
  readonly grades: Readonly<Record<string, Rating>>;
  /** What was published of a standard that the cases decide. */
  readonly published: (standard: string) => PublishedRating | undefined;
  /** What people decide of the whole, where it does not follow. */
  readonly overall?: Rating | undefined;
  readonly figures: readonly Figure[];
  readonly recommendations: number;
  readonly says: Sayings;
};

/** From the name where that tells services apart; no two names give one id. */
export const serviceIdOf = (name: string): ServiceId => {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  const id = /^[ -~]+$/.test(name) && plain !== "" && plain.length <= 80;
  return ServiceId.parse(id ? plain : `service-${uuidFrom(name)}`);
};

const actor = (id: string, role: Role): Actor => ({ id: PersonId.parse(id), role });

export const panelMember = (place: number): Actor =>
  actor(`panel-member-${place + 1}`, "panel-member");

/** The people of a story, by their work. */
export const people = {
  scheduler: actor("scheduler", "scheduler"),
  head: actor("head-of-programme", "head-of-programme"),
  lead: actor("lead-inspector", "lead-inspector"),
  inspectors: ["inspector-1", "inspector-2", "inspector-3"].map((id) => actor(id, "inspector")),
  quality: actor("quality-lead", "quality-lead"),
  analyst: actor("research-analyst", "research-analyst"),
  chair: actor("panel-chair", "panel-chair"),
  members: [panelMember(0), panelMember(1)],
  chief: actor("chief-inspector", "chief-inspector"),
  publications: actor("publications-officer", "publications-officer"),
  auditor: actor("auditor", "auditor"),
} as const;

/** What they are called in the demonstration: no account of a real person is called so. */
export const madeUpNames: Readonly<Record<string, string>> = {
  [people.scheduler.id]: "Sam Okoro",
  [people.head.id]: "Helen Marsh",
  [people.lead.id]: "Leila Grant",
  "inspector-1": "Idris Cole",
  "inspector-2": "Nia Rowe",
  "inspector-3": "Tomasz Hale",
  [people.quality.id]: "Quentin Ashe",
  [people.analyst.id]: "Ruth Adler",
  [people.chair.id]: "Carys Boyle",
  [panelMember(0).id]: "Mina Shah",
  [panelMember(1).id]: "Martin Kerr",
  [people.chief.id]: "Chioma Wells",
  [people.publications.id]: "Paul Deane",
  [people.auditor.id]: "Audrey Finch",
  "service-manager": "Maya Dunn",
};

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
