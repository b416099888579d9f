/**
 * Who must keep away from which service: what the programme's own facts say of where people live
 * and who employed them. A tie outlasts the planning: somebody released, or a service removed, is
 * tied as before.
 */
import type { PersonId, ServiceId } from "../kernel/ids.ts";
import { conflictOf } from "../planning/problem.ts";
import type { InspectionRefusal } from "./commands.ts";
import type { TeamMember } from "./events.ts";
import type { ProgrammeEvent, RegisteredInspector } from "./programme/events.ts";

export type Ties = {
  readonly inspectors: ReadonlyMap<PersonId, RegisteredInspector>;
  /** The region of each service. */
  readonly regions: ReadonlyMap<ServiceId, string>;
};

export const untied: Ties = { inspectors: new Map(), regions: new Map() };

export const tiesBy = (ties: Ties, event: ProgrammeEvent): Ties => {
  switch (event.type) {
    case "InspectorsRegistered": {
      const told = event.inspectors.map((inspector) => [inspector.id, inspector] as const);
      return { ...ties, inspectors: new Map([...ties.inspectors, ...told]) };
    }
    case "ServicesEnrolled": {
      const told = event.services.map(({ id, region }) => [id, region] as const);
      return { ...ties, regions: new Map([...ties.regions, ...told]) };
    }
    case "ProgrammeOpened":
    case "PlanningRulesChanged":
    case "ServiceRemoved":
    case "InspectorReleased":
    case "BlackoutDeclared":
    case "BlackoutLifted":
    case "ScheduleProposed":
    case "PlacementChanged":
    case "PlacementReleased":
    case "ScheduleConfirmed":
      return ties;
  }
};

/** The first of the team who has a tie; people whom the programme does not know have none. */
export const tiedMember = (
  team: readonly TeamMember[],
  service: ServiceId,
  { inspectors, regions }: Ties,
): InspectionRefusal | undefined => {
  const region = regions.get(service);
  for (const { person } of team) {
    const inspector = inspectors.get(person);
    const because = inspector && conflictOf(inspector, { id: service, region });
    if (because) return { reason: "TiedToTheService", person, service, because };
  }
  return undefined;
};
