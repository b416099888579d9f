/** Under which frameworks an inspection may be held: those that come with Assay or were adopted. */
import type { InspectionKind } from "../framework/document-shape.ts";
import { type Known, knownById, type Versions } from "../framework/versions.ts";
import { FrameworkId } from "../kernel/ids.ts";
import { frameworkStream, type StreamName } from "../kernel/stream.ts";
import { knownByFact } from "./adoption/adopted.ts";
import type { FrameworkEvent } from "./adoption/events.ts";
import type { FrameworkRefusal, InspectionCommand } from "./commands.ts";

/** What became of a framework: the document that was adopted, and whether it is withdrawn. */
export type Adoption = { readonly adopted?: Known; readonly withdrawn: boolean };

export type Adoptions = ReadonlyMap<string, Adoption>;

export const adoptionsBy = (adoptions: Adoptions, event: FrameworkEvent): Adoptions => {
  const before = adoptions.get(event.framework);
  const after: Adoption =
    event.type === "FrameworkAdopted"
      ? { adopted: knownByFact(event), withdrawn: false }
      : { ...before, withdrawn: true };
  return new Map(adoptions).set(event.framework, after);
};

/** All that may be chosen, by rising first day. */
export const offeredOf = (adoptions: Adoptions, shipped: Versions): Versions =>
  everyFramework(adoptions, shipped).filter(
    ({ framework: { id } }) => !adoptions.get(id)?.withdrawn,
  );

/** The same with those that were withdrawn: inspections may have been announced under them. */
export const everyFramework = (adoptions: Adoptions, shipped: Versions): Versions => {
  const adopted = [...adoptions.values()].flatMap(({ adopted: known }) => known ?? []);
  const others = shipped.filter(({ framework: { id } }) => !adoptions.get(id)?.adopted);
  return [...others, ...adopted].toSorted((a, b) => (a.framework.from < b.framework.from ? -1 : 1));
};

type Refused = { readonly refusal: FrameworkRefusal };

/** The framework of this id, where a new inspection may be held under it. */
export const offered = (
  id: string,
  adoptions: Adoptions,
  shipped: Versions,
): { readonly known: Known } | Refused => {
  const adoption = adoptions.get(id);
  const known = adoption?.adopted ?? knownById(id, shipped);
  if (!known) return { refusal: unknownFramework(id, offeredOf(adoptions, shipped)) };
  if (adoption?.withdrawn) return { refusal: { reason: "FrameworkIsWithdrawn", framework: id } };
  return { known };
};

/** The same, and which of its kinds of inspection: the usual one, where none is named. */
export const offeredKind = (
  { framework, kind }: { readonly framework: string; readonly kind?: string | undefined },
  adoptions: Adoptions,
  shipped: Versions,
): { readonly known: Known; readonly kind: InspectionKind } | Refused => {
  const found = offered(framework, adoptions, shipped);
  if ("refusal" in found) return found;
  const { kinds } = found.known.framework;
  const named = kind === undefined ? kinds[0] : kinds.find(({ id }) => id === kind);
  if (named) return { known: found.known, kind: named };
  const known = kinds.map(({ id }) => id);
  return { refusal: { reason: "UnknownKind", kind: kind ?? "", known } };
};

export const unknownFramework = (framework: string, known: Versions): FrameworkRefusal => ({
  reason: "UnknownFramework",
  framework,
  known: known.map(({ framework: { id } }) => id),
});

/** The stream of the framework that a command names, or that was named when it was scheduled. */
export const frameworkNamed = (
  command: InspectionCommand,
  scheduled: string | undefined,
): readonly StreamName[] => {
  const named = command.type === "ScheduleInspection" ? command.framework : undefined;
  const rests = ["AnnounceInspection", "RescheduleInspection", "ResumeInspection"];
  const id = named ?? (rests.includes(command.type) ? scheduled : undefined);
  const framework = FrameworkId.safeParse(id);
  return framework.success ? [frameworkStream(framework.data)] : [];
};
