/** Services join a programme, each with the framework and the kind of its inspection. */
import { versions } from "../../framework/versions.ts";
import { canonicalJson } from "../../kernel/canonical.ts";
import { accept, refuse } from "../../kernel/decider.ts";
import { stampOf } from "../../kernel/fact.ts";
import type { ServiceId } from "../../kernel/ids.ts";
import { offeredKind } from "../offered.ts";
import type { ProgrammeCommandOf, ProgrammeRefusal } from "./commands.ts";
import type { EnrolledService, ServiceToEnrol } from "./events.ts";
import type { ProgrammeAnswer, ProgrammeState } from "./state.ts";

export const same = (a: unknown, b: unknown): boolean =>
  a !== undefined && canonicalJson(a) === canonicalJson(b);

export const namedTwice = (items: readonly { readonly id: string }[]): string | undefined => {
  const ids = items.map(({ id }) => id);
  return ids.find((id, index) => ids.indexOf(id) !== index);
};

export const enrol = (
  command: ProgrammeCommandOf<"EnrolServices">,
  state: ProgrammeState,
): ProgrammeAnswer => {
  const twice = namedTwice(command.services);
  if (twice !== undefined) return refuse({ reason: "NamedTwice", id: twice });
  const services: EnrolledService[] = [];
  for (const service of differing(command.services, enrolledAsAsked(state))) {
    const planned = plannedFor(service, state);
    if ("refusal" in planned) return refuse(planned.refusal);
    services.push({ ...service, ...planned });
  }
  return services.length === 0
    ? accept()
    : accept({ type: "ServicesEnrolled", ...stampOf(command), services });
};

const plannedFor = (
  { framework, kind }: ServiceToEnrol,
  { adoptions }: ProgrammeState,
): { readonly fieldworkWeeks?: number } | { readonly refusal: ProgrammeRefusal } => {
  if (framework === undefined)
    return kind === undefined ? {} : { refusal: { reason: "KindWithoutFramework", kind } };
  const found = offeredKind({ framework, kind }, adoptions, versions);
  return "refusal" in found ? found : { fieldworkWeeks: found.kind.fieldworkWeeks };
};

/** What is not known in just these words. */
export const differing = <Id extends string, Item extends { readonly id: Id }>(
  items: readonly Item[],
  known: ReadonlyMap<Id, Item>,
): readonly Item[] => items.filter((each) => !same(known.get(each.id), each));

/** As they were asked for: how long fieldwork takes follows from the framework's document. */
export const enrolledAsAsked = ({
  services,
}: ProgrammeState): ReadonlyMap<ServiceId, ServiceToEnrol> =>
  new Map([...services].map(([id, { fieldworkWeeks: _weeks, ...asked }]) => [id, asked]));
