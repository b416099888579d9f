/** What publication still owes, and by when; and what happens by itself when its moment comes. */
import { leadOf, outlineOf } from "../briefing/inspection.ts";
import type { InspectionId } from "../kernel/ids.ts";
import { addDays, endOfDay, inEngland, type Instant } from "../kernel/instants.ts";
import type { Flow } from "../kernel/step.ts";
import { inspectionStream, panelStream, publicationStream } from "../kernel/stream.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import { type Instance, type Instances, owedBy } from "../lifecycle/owed.ts";
import { unansweredComments } from "./accuracy.ts";
import type { PublicationCommand } from "./commands.ts";
import { publication } from "./decide.ts";
import { publicationChart, type PublicationDuty } from "./machine.ts";
import type { PublicationKnown, PublicationState } from "./state.ts";

type Owed = Instance<PublicationCommand>;

export const publicationFlow: Flow<PublicationCommand, PublicationKnown, PublicationState> = {
  ...publication.known,
  streams: (inspection) => [
    inspectionStream(inspection),
    panelStream(inspection),
    publicationStream(inspection),
  ],
  /** There is nothing to report before the panel has concluded. */
  owed: (inspection, state) =>
    state.ratings.conclusion === 0 ? [] : owedBy(publicationChart, instances, state, inspection),
};

type Dated = "draft" | "signOff" | "embargo";

const dueFor = ({ briefing }: PublicationState, day: Dated): Instant | undefined =>
  briefing.timetable && endOfDay(briefing.timetable[day]);

const ofLead = ({ briefing }: PublicationState) => ({ person: leadOf(briefing) });

/** Whether the signature stands for other ratings than those that hold. */
const isOutdated = ({ ratings, signedConclusion }: PublicationState): boolean =>
  ratings.sitting || ratings.conclusion !== signedConclusion;

const instances: Instances<PublicationDuty, PublicationCommand, PublicationState> = {
  write: (state) =>
    outlineOf(state.briefing)
      .filter(({ id, required }) => required && !state.sections.has(id))
      .map(({ id, label }) => ({
        key: `draft/${id}`,
        what: `Write “${label}”`,
        ...ofLead(state),
        due: dueFor(state, "draft"),
      })),
  "send-draft": (state) => [
    {
      key: "send-draft",
      what: "Send the draft to the service",
      ...ofLead(state),
      due: dueFor(state, "draft"),
    },
  ],
  comment: ({ commentsDue: due }) => [
    { key: "comment", what: "Comment on the facts in the draft", due: due && endOfDay(due) },
  ],
  "end-comments": ({ commentsDue: due }, inspection) => [
    {
      key: `end-comments/${due}`,
      what: "End the time for comments",
      due: due && inEngland(addDays(due, 1), "00:00"),
      command: (stamp) => ({ type: "EndCommentPeriod", inspection, ...stamp }),
    },
  ],
  answer: (state) =>
    unansweredComments(state).map((comment) => ({
      key: `answer/${comment}`,
      what: `Answer comment ${comment}`,
      ...ofLead(state),
      due: undefined,
    })),
  "close-accuracy": (state) => [
    {
      key: "close-accuracy",
      what: "Close the factual-accuracy round",
      ...ofLead(state),
      due: undefined,
    },
  ],
  "sign-off": (state) => [
    { key: "sign-off", what: "Sign the report off", due: dueFor(state, "signOff") },
  ],
  "withdraw-sign-off": (state, inspection) =>
    isOutdated(state) ? [withdrawal(state, inspection)] : [],
  "set-embargo": (state) =>
    isOutdated(state)
      ? []
      : [{ key: "set-embargo", what: "Set the embargo", due: dueFor(state, "embargo") }],
  copies: ({ copiesFrom, copiesSent, embargoes }, inspection) =>
    copiesSent
      ? []
      : [
          {
            key: `copies/${embargoes}`,
            what: "Release the embargoed copies",
            due: copiesFrom,
            command: (stamp) => ({ type: "SendEmbargoedCopies", inspection, ...stamp }),
          },
        ],
  publish: ({ publishAt }, inspection) => [
    {
      key: `publish/${publishAt}`,
      what: "Publish the report",
      due: publishAt,
      command: (stamp) => ({ type: "PublishReport", inspection, ...stamp }),
    },
  ],
  correct: ({ ratings, publishedConclusion }) =>
    ratings.sitting || ratings.conclusion === publishedConclusion
      ? []
      : [
          {
            key: `correct/${ratings.conclusion}`,
            what: "Issue a correction: the ratings differ from those published",
            due: undefined,
          },
        ],
  "release-progress": (state) =>
    [...state.unreleased].map(([number, since]) => ({
      key: `release-progress/${number}/${since}`,
      what: `Read and release what the service says of recommendation ${number}`,
      ...ofLead(state),
      due: undefined,
    })),
  "action-plan": (state) => [
    { key: "action-plan", what: "Send the action plan", due: planDue(state) },
  ],
  "accept-plan": (state) => [
    {
      key: "accept-plan",
      what: "Accept or return the action plan",
      ...ofLead(state),
      due: undefined,
    },
  ],
};

const withdrawal = ({ signedConclusion }: PublicationState, inspection: InspectionId): Owed => ({
  key: `withdraw-sign-off/${signedConclusion}`,
  what: "Withdraw the sign-off, because the ratings are open again",
  due: undefined,
  command: (stamp) => ({
    type: "WithdrawSignOff",
    inspection,
    ...stamp,
    reason: "The panel has come together again after the signature.",
  }),
});

const planDue = ({ publishedOn, briefing }: PublicationState): Instant | undefined => {
  const days = briefing.framework?.ruleset.timetable.actionPlan.workingDays;
  return publishedOn && days !== undefined
    ? endOfDay(addWorkingDays(publishedOn, days))
    : undefined;
};
