/** Writing the report: sections, figures with their sources, recommendations to named bodies. */
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import { dayInEngland } from "../kernel/instants.ts";
import type { PublicationCommandOf, PublicationRefusal } from "./commands.ts";
import { Section, type PublicationEvent } from "./events.ts";
import {
  contentOf,
  type PublicationAnswer,
  type PublicationState,
  ratingsOpen,
  wrongPhase,
} from "./state.ts";

export const draft = (
  command: PublicationCommandOf<"DraftSection">,
  state: PublicationState,
): PublicationAnswer => {
  const { section, markdown } = command;
  const fact = {
    type: "SectionDrafted",
    ...stampOf(command),
    section,
    text: { markdown },
  } as const;
  return state.sections.get(section) === contentOf(fact) ? accept() : ifWritable(state, fact);
};

export const recordFact = (
  command: PublicationCommandOf<"RecordContextualFact">,
  state: PublicationState,
): PublicationAnswer => {
  const { name, label, value, unit, source, asOf } = command;
  const fact = {
    type: "ContextualFactRecorded",
    ...stampOf(command),
    name,
    label,
    value,
    unit,
    source,
    asOf,
  } as const;
  return state.figures.get(name) === contentOf(fact) ? accept() : ifWritable(state, fact);
};

/** Whether there is such a finding is for those to say who know the checks. */
export const excuse = (
  command: PublicationCommandOf<"ExcuseFinding">,
  state: PublicationState,
): PublicationAnswer => {
  const { check, place, words, reason } = command;
  const fact = {
    type: "FindingExcused",
    ...stampOf(command),
    check,
    place,
    text: { words, reason },
  } as const;
  if (state.excused.has(contentOf(fact))) return accept();
  // Before the ratings there is no draft that a check could have read.
  if (state.ratings.conclusion === 0) return refuse({ reason: "RatingsNotConcluded" });
  return ifWritable(state, fact);
};

export const recommend = (
  command: PublicationCommandOf<"MakeRecommendation">,
  state: PublicationState,
): PublicationAnswer => {
  const { number, addressee, wording } = command;
  const fact = {
    type: "RecommendationMade",
    ...stampOf(command),
    number,
    addressee,
    text: { wording },
  } as const;
  const known = state.recommendations.get(number);
  if (known === contentOf(fact)) return accept();
  return known ? refuse({ reason: "NumberTaken", number }) : ifWritable(state, fact);
};

export const withdrawRecommendation = (
  command: PublicationCommandOf<"WithdrawRecommendation">,
  state: PublicationState,
): PublicationAnswer => {
  const { number, reason } = command;
  if (state.withdrawn.has(number)) return accept();
  if (!state.recommendations.has(number)) {
    return refuse({ reason: "UnknownRecommendation", number });
  }
  return ifWritable(state, {
    type: "RecommendationWithdrawn",
    ...stampOf(command),
    number,
    text: { reason },
  });
};

/** The draft goes to the provider, who has so many working days as the ruleset says. */
export const sendDraft = (
  command: PublicationCommandOf<"SendDraft">,
  state: PublicationState,
): PublicationAnswer => {
  if (state.commentsDue !== undefined) return accept();
  const { framework } = state.briefing;
  if (!state.phase.matches("drafted") || !framework) return wrongPhase(state);
  const stopped = ratingsOpen(state) ?? incomplete(state);
  if (stopped) return refuse(stopped);
  const days = framework.ruleset.timetable.factualAccuracy.workingDays;
  const due = addWorkingDays(dayInEngland(command.at), days);
  return accept({ type: "DraftSent", ...stampOf(command), due });
};

export const liveRecommendations = ({
  recommendations,
  withdrawn,
}: PublicationState): readonly number[] =>
  [...recommendations.keys()].filter((number) => !withdrawn.has(number)).toSorted((a, b) => a - b);

/** The sections that a report under this framework has, in order. */
export const sectionsOf = ({ briefing }: PublicationState): readonly Section[] => {
  const domains = new Set(briefing.framework?.domains.map(({ number }) => `domain-${number}`));
  return Section.options.filter(
    (section) => !section.startsWith("domain-") || domains.has(section),
  );
};

/** What is missing from the report; undefined when every part is there. */
export const incomplete = (state: PublicationState): PublicationRefusal | undefined => {
  const sections = sectionsOf(state).filter((section) => !state.sections.has(section));
  if (sections.length > 0) return { reason: "SectionsMissing", sections };
  return liveRecommendations(state).length === 0 ? { reason: "NoRecommendations" } : undefined;
};

const ifWritable = (state: PublicationState, fact: PublicationEvent): PublicationAnswer =>
  state.briefing.framework && state.phase.can(fact) ? accept(fact) : wrongPhase(state);
