/**
 * An inspection in outline: what lists, duties, workloads and calendars tell of it, and who may see
 * what of it. Plain data without a word that people wrote, so that it can be kept in a file.
 */
import type { InspectedService, TeamMember } from "../announcement/events.ts";
import { leadOf } from "../briefing/inspection.ts";
import { type MarkedTwice, markedTwiceIn } from "../fieldwork/assurance/marked-twice.ts";
import { provisionalOn } from "../framework/provisional.ts";
import type { Rating } from "../framework/scale.ts";
import type { Timetable } from "../framework/timetable.ts";
import type { Actor, Relation, Role } from "../kernel/actor.ts";
import type { InspectionId, PersonId, ProgrammeId } from "../kernel/ids.ts";
import type { Instant } from "../kernel/instants.ts";
import { type Stage, stageOf } from "../lifecycle/stage.ts";
import { panelRelations } from "../panel/decide.ts";
import { hasScore, maxScoreOf } from "../ratings/overall.ts";
import { type ChartName, chartNames, dutiesByStep, type Known } from "./standing.ts";

export type Outline = {
  readonly inspection: InspectionId;
  readonly stage: Stage;
  /** It neither rests nor was cancelled. */
  readonly underWay: boolean;
  readonly service?: InspectedService | undefined;
  readonly programme?: ProgrammeId | undefined;
  /** The framework that it was scheduled under, and the version that was pinned at announcement. */
  readonly framework?: string | undefined;
  readonly pinned?: { readonly id: string; readonly label: string } | undefined;
  readonly reconstruction: boolean;
  readonly timetable?: Timetable | undefined;
  readonly team: readonly TeamMember[];
  readonly lead?: PersonId | undefined;
  /** Everybody on the panel. */
  readonly members: readonly PersonId[];
  /** The draft has gone to the service. */
  readonly shared: boolean;
  /** The last version that was published; 0 before. */
  readonly version: number;
  readonly scored?: Scored | undefined;
  readonly duties: readonly OutlinedDuty[];
  /** By when each alert that is not closed is due. */
  readonly alerts: readonly Instant[];
  readonly loads: readonly CaseLoad[];
  readonly marked: readonly MarkedTwice[];
  /** How each person stands to it who has any part in it. */
  readonly relations: Readonly<Record<string, readonly Relation[]>>;
};

/** Known once the panel has concluded, where the framework has an overall rating. */
export type Scored = {
  /** Both are there where the overall rating is made of points. */
  readonly score?: number;
  readonly maxScore?: number;
  readonly overall?: Rating | undefined;
  /** Whether it rests on what the authority has not published. */
  readonly provisional: boolean;
};

export type OutlinedDuty = {
  readonly step: ChartName;
  readonly key: string;
  readonly what: string;
  readonly owner: Role;
  readonly person?: PersonId | undefined;
  readonly due?: Instant | undefined;
};

/** How many sampled cases are somebody's, and what of it is still to do. */
export type CaseLoad = {
  readonly person: PersonId;
  readonly cases: number;
  readonly open: number;
  readonly secondMarkings: number;
};

export const outlineOf = (inspection: InspectionId, known: Known): Outline => {
  const { lifecycle, announcement, fieldwork, panel, publication } = known;
  const { briefing, scheduled } = announcement;
  const { service, timetable, team } = briefing;
  const alerts = [...fieldwork.alerts.values()].filter(({ stage }) => stage !== "closed");
  const files = [...fieldwork.files];
  return {
    ...{ inspection, service, timetable, team },
    reconstruction: briefing.reconstruction !== undefined,
    stage: stageOf(lifecycle),
    underWay: lifecycle.hasTag("under-way"),
    programme: scheduled?.programme,
    framework: scheduled?.framework,
    pinned: briefing.framework && { id: briefing.framework.id, label: briefing.framework.label },
    lead: leadOf(briefing),
    members: panel.members,
    shared: !publication.phase.matches("drafted"),
    version: publication.version,
    scored: scoredIn(known),
    duties: dutiesIn(inspection, known),
    alerts: alerts.map(({ due }) => due),
    loads: loadsIn(known),
    marked: files.flatMap(([id, file]) => markedTwiceIn(inspection, id, file)),
    relations: relationsIn(known),
  };
};

/** How somebody stands to the inspection, whichever case they have in mind. */
export const relationsTo = (
  { relations, service, shared }: Pick<Outline, "relations" | "service" | "shared">,
  { id, service: own }: Actor,
): readonly Relation[] => [
  ...(relations[id] ?? []),
  ...(own !== undefined && own === service?.id ? (["provider"] as const) : []),
  ...(own !== undefined && own === service?.id && shared ? (["informed"] as const) : []),
];

export const scoredIn = ({ panel }: Pick<Known, "panel">): Scored | undefined => {
  const { framework } = panel.briefing;
  if (!framework?.overall || panel.concluded.length === 0) return undefined;
  const score = panel.concluded.reduce((sum, each) => sum + (each.score ?? 0), 0);
  const total = hasScore(framework) ? { score, maxScore: maxScoreOf(framework) } : {};
  const provisional = provisionalOn(framework, "overall").length > 0;
  return { ...total, overall: panel.overall, provisional };
};

const dutiesIn = (inspection: InspectionId, known: Known): readonly OutlinedDuty[] => {
  const duties = dutiesByStep(inspection, known);
  return chartNames.flatMap((step) =>
    duties[step].map(({ key, what, owner, person, due }) => ({
      ...{ step, key, what, owner, person, due },
    })),
  );
};

const loadsIn = ({ fieldwork }: Known): readonly CaseLoad[] => {
  const { briefing, allocation, files } = fieldwork;
  const loads = new Map<PersonId, CaseLoad>();
  const add = (person: PersonId, more: Omit<CaseLoad, "person">): void => {
    const { cases, open, secondMarkings } = loads.get(person) ?? nothing;
    loads.set(person, {
      person,
      cases: cases + more.cases,
      open: open + more.open,
      secondMarkings: secondMarkings + more.secondMarkings,
    });
  };
  for (const id of briefing.sample.keys()) {
    const person = allocation.get(id);
    const file = files.get(id);
    const done = file?.status === "completed" || file?.status === "confirmed";
    if (person) add(person, { cases: 1, open: done ? 0 : 1, secondMarkings: 0 });
    if (file?.second && !file.second.completed)
      add(file.second.by, { ...nothing, secondMarkings: 1 });
  }
  return [...loads.values()];
};

const nothing = { cases: 0, open: 0, secondMarkings: 0 };

const relationsIn = ({ announcement, fieldwork, panel, publication }: Known) => {
  const files = [...fieldwork.files.values()];
  const people = new Set<PersonId>([
    ...announcement.briefing.worked,
    ...announcement.briefing.team.map(({ person }) => person),
    ...(announcement.briefing.delegate ? [announcement.briefing.delegate] : []),
    ...panel.members,
    ...publication.authors,
    ...files.flatMap(({ judges, secondMarkers, reviewers, second }) => [
      ...[...judges, ...secondMarkers, ...reviewers],
      ...(second ? [second.by] : []),
    ]),
  ]);
  const found = [...people].map((id): [string, readonly Relation[]] => {
    const second = files.filter((file) => file.second?.by === id);
    const more: readonly (readonly [Relation, boolean])[] = [
      ["second-marker", second.length > 0],
      ["blind", second.some((file) => file.second?.completed === false)],
      ["drafted", publication.authors.has(id)],
    ];
    // No role stands to an inspection by its name.
    const own = panelRelations(panel, { id, role: "inspector" });
    return [id, [...own, ...more.flatMap(([relation, holds]) => (holds ? [relation] : []))]];
  });
  return Object.fromEntries(found);
};
