/** Writing the report: sections, figures with their sources, recommendations to named bodies. */
import { outlineOf, pinned } from "../briefing/inspection.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import { dayInEngland } from "../kernel/instants.ts";
import type { PublicationCommandOf, PublicationRefusal } from "./commands.ts";
import type { Section } from "./events.ts";
import type { PublicationAnswer, PublicationState } from "./state.ts";

export const draft = (
  command: PublicationCommandOf<"DraftSection">,
  state: PublicationState,
): PublicationAnswer => {
  const { section, markdown } = command;
  const known = sectionsOf(state);
  if (!known.includes(section)) return refuse({ reason: "UnknownSection", section, known });
  return accept({ type: "SectionDrafted", ...stampOf(command), section, text: { markdown } });
};

export const recordFact = (
  command: PublicationCommandOf<"RecordContextualFact">,
): PublicationAnswer => {
  const { name, label, value, unit, source, asOf } = command;
  return accept({
    type: "ContextualFactRecorded",
    ...stampOf(command),
    name,
    label,
    value,
    unit,
    source,
    asOf,
  });
};

/** Whether there is such a finding the checks of the report say. */
export const excuse = (command: PublicationCommandOf<"ExcuseFinding">): PublicationAnswer => {
  const { check, place, words, reason } = command;
  return accept({
    type: "FindingExcused",
    ...stampOf(command),
    check,
    place,
    text: { words, reason },
  });
};

export const recommend = (
  command: PublicationCommandOf<"MakeRecommendation">,
  state: PublicationState,
): PublicationAnswer => {
  const { number, addressee, wording } = command;
  if (state.recommendations.has(number)) return refuse({ reason: "NumberTaken", number });
  return accept({
    type: "RecommendationMade",
    ...stampOf(command),
    number,
    addressee,
    text: { wording },
  });
};

export const withdrawRecommendation = (
  command: PublicationCommandOf<"WithdrawRecommendation">,
  state: PublicationState,
): PublicationAnswer => {
  const { number, reason } = command;
  if (!state.recommendations.has(number)) {
    return refuse({ reason: "UnknownRecommendation", number });
  }
  return accept({
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
  const days = pinned(state.briefing).ruleset.timetable.factualAccuracy.workingDays;
  const due = addWorkingDays(dayInEngland(command.at), days);
  return accept({ type: "DraftSent", ...stampOf(command), due });
};

export const liveRecommendations = ({
  recommendations,
  withdrawn,
}: PublicationState): readonly number[] =>
  [...recommendations].filter((number) => !withdrawn.has(number)).toSorted((a, b) => a - b);

/** The sections that a report under this framework has, in order. */
export const sectionsOf = ({ briefing }: Pick<PublicationState, "briefing">): readonly Section[] =>
  outlineOf(briefing).map(({ id }) => id);

/** What is missing from the report; undefined when every part is there. */
export const incomplete = (state: PublicationState): PublicationRefusal | undefined => {
  const sections = outlineOf(state.briefing)
    .filter(({ id, required }) => required && !state.sections.has(id))
    .map(({ id }) => id);
  if (sections.length > 0) return { reason: "SectionsMissing", sections };
  return liveRecommendations(state).length === 0 && !state.briefing.reconstruction
    ? { reason: "NoRecommendations" }
    : undefined;
};
