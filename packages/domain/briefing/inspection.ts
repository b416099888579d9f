/**
 * What every step needs to know of an inspection from the announcement's facts: its service, team,
 * framework, days, sample and standing. A fold of facts and nothing else.
 */
import type {
  InspectedService,
  InspectionEvent,
  Reconstruction,
  TeamMember,
} from "../announcement/events.ts";
import type { CaseProfile, Population } from "../framework/case-profile.ts";
import type { CaseValues } from "../framework/predicate.ts";
import type { SettingId } from "../framework/setting-id.ts";
import { outlineIn, type OutlineSection } from "../framework/outline.ts";
import type { Timetable } from "../framework/timetable.ts";
import type { Framework } from "../framework/document.ts";
import type { Standard } from "../framework/standard.ts";
import { applies, type Judged, judgedAmong } from "../framework/standards.ts";
import { underKind } from "../framework/kind.ts";
import { frameworkIn } from "../framework/versions.ts";
import type { Actor, Relation } from "../kernel/actor.ts";
import type { CaseId, PersonId } from "../kernel/ids.ts";

export type SampledCase = {
  readonly case: CaseId;
  readonly population: Population;
  /** Empty where the case list is withheld. */
  readonly profile: CaseValues;
};

export type Briefing = {
  readonly service: InspectedService | undefined;
  /** The kind of inspection by its id; undefined for the framework's usual one. */
  readonly kind: SettingId | undefined;
  readonly timetable: Timetable | undefined;
  readonly team: readonly TeamMember[];
  readonly delegate: PersonId | undefined;
  /** Everyone who ever belonged to the team. */
  readonly worked: ReadonlySet<PersonId>;
  /** What was published of it, where a published report is carried through. */
  readonly reconstruction: Reconstruction | undefined;
  /** Pinned at announcement. */
  readonly framework: Framework | undefined;
  /** Every case on the list, whether or not it was sampled. */
  readonly profiles: ReadonlyMap<CaseId, CaseProfile>;
  /** How many cases were eligible, by population; none before the draw. */
  readonly eligible: Readonly<Record<Population, number | undefined>>;
  /** The cases to assess now: replaced and withdrawn ones are gone, their replacements here. */
  readonly sample: ReadonlyMap<CaseId, SampledCase>;
};

export const unbriefed: Briefing = {
  service: undefined,
  kind: undefined,
  timetable: undefined,
  team: [],
  delegate: undefined,
  worked: new Set(),
  reconstruction: undefined,
  framework: undefined,
  profiles: new Map(),
  eligible: {},
  sample: new Map(),
};

export const briefedBy = (briefing: Briefing, event: InspectionEvent): Briefing => {
  switch (event.type) {
    case "InspectionScheduled":
      return {
        ...briefing,
        service: event.service,
        kind: event.kind,
        timetable: event.timetable,
        team: event.team,
        worked: workedToo(briefing, event.team),
        reconstruction: event.reconstruction,
      };
    case "InspectionRescheduled":
      return { ...briefing, timetable: event.timetable };
    case "TeamAssigned":
      return {
        ...briefing,
        team: event.team,
        delegate: undefined,
        worked: workedToo(briefing, event.team),
      };
    case "LeadDelegated":
      return { ...briefing, delegate: event.to };
    case "DelegationEnded":
      return { ...briefing, delegate: undefined };
    case "InspectionAnnounced":
      return {
        ...briefing,
        framework: underKind(frameworkIn(event.framework.version), briefing.kind),
      };
    case "CaseListSubmitted":
      return {
        ...briefing,
        profiles: new Map(event.cases.map((row) => [row.case, row.profile])),
      };
    case "SampleDrawn":
      return sampled(briefing, event);
    case "CaseReplaced":
      return replaced(briefing, event.case, event.replacement);
    case "CaseWithdrawn":
      return replaced(briefing, event.case, undefined);
    case "InspectionResumed":
      return { ...briefing, timetable: event.timetable };
    case "SampleNotRequired":
    case "BeaconNamed":
    case "CommitmentRenewed":
    case "SampleSizesSet":
    case "ReplacementProposed":
    case "DrawCountersigned":
    case "SampleNotified":
    case "InspectionPostponed":
    case "InspectionCancelled":
    case "LettersWritten":
    case "RequestOpened":
    case "SubmissionReceived":
    case "SubmissionReturned":
    case "RequestSatisfied":
    case "RequestChased":
    case "CaseListReturned":
    case "NonceRevealed":
    case "InterviewBooked":
      return briefing;
  }
};

const workedToo = ({ worked }: Briefing, team: readonly TeamMember[]): ReadonlySet<PersonId> =>
  new Set([...worked, ...team.map(({ person }) => person)]);

const sampledCase = ({ profiles }: Briefing, id: CaseId, population: Population): SampledCase => ({
  case: id,
  population,
  profile: profiles.get(id) ?? {},
});

/** In the order of the draw's settings: the members of an object have none of their own. */
const sampled = (
  briefing: Briefing,
  { draw }: Extract<InspectionEvent, { type: "SampleDrawn" }>,
): Briefing => {
  const ordered = draw.settings.populations.map(({ name }) => name);
  const drawn = [...new Set([...ordered, ...Object.keys(draw.populations)])].flatMap((name) => {
    const found = draw.populations[name];
    return found ? [[name, found] as const] : [];
  });
  const cases = drawn.flatMap(([population, { sample }]) =>
    sample.map((id) => sampledCase(briefing, id, population)),
  );
  return {
    ...briefing,
    eligible: Object.fromEntries(drawn.map(([population, { eligible }]) => [population, eligible])),
    sample: new Map(cases.map((found) => [found.case, found])),
  };
};

const replaced = (briefing: Briefing, gone: CaseId, replacement: CaseId | undefined): Briefing => {
  const former = briefing.sample.get(gone);
  const sample = new Map(briefing.sample);
  sample.delete(gone);
  if (former && replacement) {
    sample.set(replacement, sampledCase(briefing, replacement, former.population));
  }
  return { ...briefing, sample };
};

/** How somebody stands to the inspection by its team and its service alone. */
export const teamRelations = (briefing: Briefing, by: Actor): readonly Relation[] => {
  const member = briefing.team.find(({ person }) => person === by.id);
  const leads = member?.role === "lead-inspector" || briefing.delegate === by.id;
  return [
    ...(member ? (["team"] as const) : []),
    ...(briefing.worked.has(by.id) ? (["worked"] as const) : []),
    ...(leads ? (["lead"] as const) : []),
    ...(by.service !== undefined && by.service === briefing.service?.id
      ? (["provider"] as const)
      : []),
  ];
};

/** The framework of an inspection that was announced. Throws a TypeError before. */
export const pinned = ({ framework }: Briefing): Framework => {
  if (!framework) throw new TypeError("no framework is pinned before the announcement");
  return framework;
};

/** The same within a sentence; what begins with capitals, such as an abbreviation, keeps them. */
export const requestInWords = (briefing: Pick<Briefing, "framework">, request: SettingId): string =>
  requestNamed(briefing, request).replace(/^\p{Lu}(?=\p{Ll}|$)/u, (first) => first.toLowerCase());

/** What a request is called in its framework. */
export const requestNamed = (
  { framework }: Pick<Briefing, "framework">,
  request: SettingId,
): string => framework?.requests.find(({ id }) => id === request)?.label ?? request;

/** The lead, for the lists of who owes what. */
export const leadOf = ({
  team,
  delegate,
}: Pick<Briefing, "team" | "delegate">): PersonId | undefined =>
  delegate ?? team.find(({ role }) => role === "lead-inspector")?.person;

/** What people decide from evidence in this inspection, in order. */
export const judgedIn = (briefing: Briefing): readonly Judged[] => {
  const { framework } = briefing;
  return framework ? judgedAmong(framework, standardsOf(briefing)) : [];
};

/** The standards of the pinned framework that are rated at this service, in order. */
export const standardsOf = ({
  framework,
  profiles,
  reconstruction,
}: Pick<Briefing, "framework" | "profiles" | "reconstruction">): readonly Standard[] => {
  const found = [...profiles.values()];
  const unrated = reconstruction?.unrated ?? [];
  return (
    framework?.standards.filter(
      (standard) => applies(standard, found) && !unrated.includes(standard.code),
    ) ?? []
  );
};

/** What people write in the report; empty before a framework is pinned. */
export const outlineOf = (
  briefing: Pick<Briefing, "framework" | "profiles" | "reconstruction">,
): readonly OutlineSection[] =>
  briefing.framework ? outlineIn(briefing.framework, standardsOf(briefing)) : [];
