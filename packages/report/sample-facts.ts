/** What the inspection looked at, in numbers: the samples, interviews, evidence and surveys. */
import { isInspectionEvent } from "@assay/domain/announcement/events.ts";
import type { CaseFile } from "@assay/domain/briefing/case-file.ts";
import { isFieldworkEvent } from "@assay/domain/fieldwork/events.ts";
import type { Noun, PopulationSettings } from "@assay/domain/framework/case-list-settings.ts";
import type { CaseTally } from "@assay/domain/framework/document-shape.ts";
import { holds } from "@assay/domain/framework/predicate.ts";
import { confidenceIn, populationIn } from "@assay/domain/framework/populations.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";
import type { Day } from "@assay/domain/kernel/instants.ts";
import type { PopulationDraw } from "@assay/domain/sampling/draw.ts";
import { daysOf } from "@assay/domain/sampling/eligibility.ts";
import { conductIn } from "@assay/domain/audit/recompute.ts";
import type { Conduct } from "@assay/domain/sampling/certificate.ts";
import { marginOf } from "@assay/domain/sampling/margin.ts";
import type { About } from "./about.ts";
import type { Fact } from "./recorded.ts";

/** How often each answer was given to a question that rates nothing. */
export type TallyFacts = {
  readonly tally: string;
  readonly label: string;
  readonly answers: readonly { readonly answer: string; readonly cases: number }[];
};

export type PopulationFacts = {
  readonly population: string;
  /** The population as its framework calls it, and its cases. */
  readonly label: string;
  readonly words: PopulationSettings["words"];
  /** What it is made of, in the framework's words; what there is none of is left out. */
  readonly mix: readonly { readonly words: Noun; readonly cases: number }[];
  /** Cases that met the criteria, of which the sample was drawn. */
  readonly eligible: number;
  readonly drawn: number;
  /** The size that a person set in place of the computed one, with the reason. */
  readonly override: { readonly size: number; readonly reason: string } | undefined;
  /** Chances where the cap on one worker's cases made them unequal; else undefined. */
  readonly unequal: { readonly lowest: number; readonly common: number } | undefined;
  /** Points of a question that concerns every case; undefined where no case was assessed. */
  readonly margin: number | undefined;
  /** Fewer than the size asked for were eligible, by so many. */
  readonly shortfall: number;
  readonly replaced: number;
  readonly withdrawn: number;
  /** Of these, how many had answers that stay on record and do not count. */
  readonly goneWithAnswers: number;
  /** Cases on which the tables rest. */
  readonly assessed: number;
  /** Cases from so many whole months before fieldwork, and the days that follow. */
  readonly window: SampleWindow | undefined;
  readonly tallies: readonly TallyFacts[];
};

export type SampleWindow = {
  readonly from: number;
  readonly to: number;
  readonly first: Day;
  readonly last: Day;
  readonly widened: number;
};

export type SurveyFacts = {
  readonly survey: string;
  readonly invited: number;
  readonly responded: number;
};

export type SampleFacts = {
  /** What could have steered the draw; undefined where nothing of it is on record. */
  readonly conduct: Conduct | undefined;
  /** In the framework's order; none where no cases are sampled. */
  readonly populations: readonly PopulationFacts[];
  /** Workers interviewed about a case. */
  readonly interviews: number;
  readonly meetings: number;
  readonly documents: number;
  readonly surveys: readonly SurveyFacts[];
};

export const sampleFactsOf = (facts: readonly Fact[], about: About): SampleFacts => {
  const fieldwork = facts.filter((event) => isFieldworkEvent(event));
  const evidence = fieldwork.filter((event) => event.type === "EvidenceLogged");
  return {
    conduct: conductIn(facts),
    populations: about.framework.populations.map((each) => populationFacts(each, facts, about)),
    interviews: facts.filter((event) => event.type === "InterviewHeld").length,
    meetings: evidence.filter(({ kind }) => meetingLike.has(kind)).length,
    documents: evidence.filter(({ kind }) => kind === "document").length,
    surveys: fieldwork
      .filter((event) => event.type === "SurveyClosed")
      .map(({ survey, invited, responded }) => ({ survey, invited, responded })),
  };
};

const meetingLike: ReadonlySet<string> = new Set([
  "meeting",
  "focus-group",
  "interview",
  "presentation",
]);

const populationFacts = (
  settings: PopulationSettings,
  facts: readonly Fact[],
  { briefing, files, framework }: About,
): PopulationFacts => {
  const { name: population, label, words } = settings;
  const known = facts.filter((event) => isInspectionEvent(event));
  const draw = known.findLast((event) => event.type === "SampleDrawn")?.draw;
  const drawn = draw?.populations[population];
  const isOurs = (id: CaseId): boolean => {
    const profile = briefing.profiles.get(id);
    return !!profile && populationIn(framework, profile) === population;
  };
  const ours = [...briefing.sample.values()].filter((each) => each.population === population);
  const judged = ours.flatMap(({ case: id }) => files.get(id) ?? []);
  const confidence = confidenceIn(settings);
  const { length: assessed } = ours;
  const eligible = drawn?.eligible ?? 0;
  const proposed = new Set(
    known.flatMap((event) => (event.type === "ReplacementProposed" ? [event.case] : [])),
  );
  const gone = known.filter(
    (event) => event.type === "CaseReplaced" || event.type === "CaseWithdrawn",
  );
  return {
    population,
    label,
    words,
    override: drawn?.size.override,
    unequal: drawn && unequalIn(drawn),
    margin: confidence && marginOf({ relevant: assessed, assessed, eligible }, confidence),
    goneWithAnswers: gone.filter((event) => isOurs(event.case) && proposed.has(event.case)).length,
    mix: (settings.mix ?? [])
      .map(({ words: called, where }) => ({
        words: called,
        cases: ours.filter(({ profile }) => holds(where, profile)).length,
      }))
      .filter(({ cases }) => cases > 0),
    eligible: drawn?.eligible ?? 0,
    drawn: drawn?.sample.length ?? 0,
    shortfall: drawn?.size.shortfall ?? 0,
    replaced: known.filter((event) => event.type === "CaseReplaced" && isOurs(event.case)).length,
    withdrawn: known.filter((event) => event.type === "CaseWithdrawn" && isOurs(event.case)).length,
    assessed: ours.length,
    window: drawn && draw && windowOf(drawn, draw.fieldworkStart),
    tallies: framework.caseTallies.map((tally) => tallyIn(tally, judged)),
  };
};

const tallyIn = ({ name, label, answers }: CaseTally, judged: readonly CaseFile[]): TallyFacts => ({
  tally: name,
  label,
  answers: answers.map((answer) => ({
    answer,
    cases: judged.filter(({ tallies }) => tallies.get(name) === answer).length,
  })),
});

const unequalIn = ({ inclusion }: PopulationDraw): PopulationFacts["unequal"] => {
  const chances = inclusion.lowered.map(({ probability }) => probability);
  return chances.length > 0
    ? { lowest: Math.min(...chances), common: inclusion.common }
    : undefined;
};

const windowOf = ({ window, widened }: PopulationDraw, fieldworkStart: Day): SampleWindow => ({
  from: window.from,
  to: window.to,
  ...daysOf(window, fieldworkStart),
  widened,
});
