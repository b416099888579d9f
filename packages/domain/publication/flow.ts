/** What publication still owes, and by when; and what happens by itself when its moment comes. */
import { leadOf } from "../briefing/inspection.ts";
import type { Timetable } from "../framework/timetable.ts";
import type { InspectionId } from "../kernel/ids.ts";
import { addDays, endOfDay, inEngland } from "../kernel/instants.ts";
import type { Duty, Flow } from "../kernel/step.ts";
import { inspectionStream, panelStream, publicationStream } from "../kernel/stream.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import { unansweredComments } from "./accuracy.ts";
import type { PublicationCommand } from "./commands.ts";
import { publication } from "./decide.ts";
import type { PublicationKnown, PublicationState } from "./state.ts";
import { sectionsOf } from "./writing.ts";

type Owed = Duty<PublicationCommand>;

export const publicationFlow: Flow<PublicationCommand, PublicationKnown, PublicationState> = {
  initial: publication.initial,
  evolve: publication.evolve,
  streams: (inspection) => [
    inspectionStream(inspection),
    panelStream(inspection),
    publicationStream(inspection),
  ],
  owed: (inspection, state) => {
    const { timetable, standing, framework } = state.briefing;
    if (standing !== "active" || !timetable || !framework || state.ratings.conclusion === 0) {
      return [];
    }
    return [
      ...drafting(state, timetable),
      ...accuracy(inspection, state),
      ...signing(inspection, state, timetable),
      ...releasing(inspection, state),
      ...following(state),
    ];
  },
};

const drafting = (state: PublicationState, { draft }: Timetable): readonly Owed[] => {
  if (!state.phase.matches("drafted")) return [];
  const due = endOfDay(draft);
  const lead = { owner: "lead-inspector", person: leadOf(state.briefing), due } as const;
  const sections = sectionsOf(state)
    .filter((section) => !state.sections.has(section))
    .map((section): Owed => ({ key: `draft/${section}`, what: `Write ${section}`, ...lead }));
  return [...sections, { key: "send-draft", what: "Send the draft to the service", ...lead }];
};

const accuracy = (inspection: InspectionId, state: PublicationState): readonly Owed[] => {
  const { commentsDue: due } = state;
  if (!due) return [];
  const lead = { owner: "lead-inspector", person: leadOf(state.briefing) } as const;
  if (state.phase.matches("shared")) {
    return [
      {
        key: "comment",
        what: "Comment on the facts in the draft",
        owner: "provider-user",
        due: endOfDay(due),
      },
      {
        key: `end-comments/${due}`,
        what: "End the time for comments",
        owner: "system",
        due: inEngland(addDays(due, 1), "00:00"),
        command: (stamp) => ({ type: "EndCommentPeriod", inspection, ...stamp }),
      },
    ];
  }
  if (!state.phase.matches("commented")) return [];
  const answers = unansweredComments(state).map((comment): Owed => ({
    key: `answer/${comment}`,
    what: `Answer comment ${comment}`,
    ...lead,
    due: undefined,
  }));
  const close: Owed = {
    key: "close-accuracy",
    what: "Close the factual-accuracy round",
    ...lead,
    due: undefined,
  };
  return [...answers, close];
};

const signing = (
  inspection: InspectionId,
  state: PublicationState,
  timetable: Timetable,
): readonly Owed[] => {
  const { phase, ratings, signedConclusion } = state;
  if (phase.matches("settled")) {
    const due = endOfDay(timetable.signOff);
    return [{ key: "sign-off", what: "Sign the report off", owner: "chief-inspector", due }];
  }
  const signed = phase.matches("signed") || phase.matches("embargoed");
  if (signed && (ratings.sitting || ratings.conclusion !== signedConclusion)) {
    return [
      {
        key: `withdraw-sign-off/${signedConclusion}`,
        what: "Withdraw the sign-off, because the ratings are open again",
        owner: "system",
        due: undefined,
        command: (stamp) => ({
          type: "WithdrawSignOff",
          inspection,
          ...stamp,
          reason: "The panel has come together again after the signature.",
        }),
      },
    ];
  }
  if (!phase.matches("signed")) return [];
  const due = endOfDay(timetable.embargo);
  return [{ key: "set-embargo", what: "Set the embargo", owner: "publications-officer", due }];
};

const releasing = (inspection: InspectionId, state: PublicationState): readonly Owed[] => {
  const { publishAt, copiesFrom, copiesSent, embargoes } = state;
  if (!state.phase.matches("embargoed") || !publishAt || !copiesFrom) return [];
  const copies: Owed = {
    key: `copies/${embargoes}`,
    what: "Release the embargoed copies",
    owner: "system",
    due: copiesFrom,
    command: (stamp) => ({ type: "SendEmbargoedCopies", inspection, ...stamp }),
  };
  const publish: Owed = {
    key: `publish/${publishAt}`,
    what: "Publish the report",
    owner: "system",
    due: publishAt,
    command: (stamp) => ({ type: "PublishReport", inspection, ...stamp }),
  };
  return copiesSent ? [publish] : [copies, publish];
};

const following = (state: PublicationState): readonly Owed[] => {
  const { publishedOn, briefing, ratings, publishedConclusion } = state;
  if (!publishedOn || !briefing.framework) return [];
  const days = briefing.framework.ruleset.timetable.actionPlan.workingDays;
  const due = endOfDay(addWorkingDays(publishedOn, days));
  const plan: readonly Owed[] = state.phase.matches("published")
    ? [{ key: "action-plan", what: "Send the action plan", owner: "provider-user", due }]
    : [];
  const accept: readonly Owed[] = state.phase.matches("planned")
    ? [
        {
          key: "accept-plan",
          what: "Accept or return the action plan",
          owner: "lead-inspector",
          person: leadOf(briefing),
          due: undefined,
        },
      ]
    : [];
  const correction: readonly Owed[] =
    !ratings.sitting && ratings.conclusion !== publishedConclusion
      ? [
          {
            key: `correct/${ratings.conclusion}`,
            what: "Issue a correction: the ratings differ from those published",
            owner: "chief-inspector",
            due: undefined,
          },
        ]
      : [];
  return [...plan, ...accept, ...correction];
};
