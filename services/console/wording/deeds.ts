/** What somebody did, in words that follow their name: one line for each kind of fact. */
import type { FrameworkEvent } from "@assay/domain/announcement/adoption/events.ts";
import type { ProgrammeEvent } from "@assay/domain/announcement/programme/events.ts";
import type { AnyFact } from "@assay/domain/facts.ts";
import type { ReminderEvent } from "@assay/domain/reminders/events.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";

import { momentInWords } from "./dates.ts";
import { letterNames, personName, plain, roleNames } from "./names.ts";

/** Whatever a page of events may show. */
type Told = AnyFact | ReminderEvent | ProgrammeEvent | FrameworkEvent;

type Deeds = {
  readonly [Type in Told["type"]]: (fact: Extract<Told, { type: Type }>) => string;
};

const low = (code: string): string => plain(code).toLowerCase();
const asked = (request: string): string => low(request);
const several = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

const beforeTheDraw = {
  InspectionScheduled: ({ timetable }) =>
    `scheduled the inspection, with fieldwork from ${dayInWords(timetable.fieldworkStart)}`,
  InspectionRescheduled: ({ timetable }) =>
    `moved the fieldwork to ${dayInWords(timetable.fieldworkStart)}`,
  TeamAssigned: ({ team }) => `named a team of ${team.length}`,
  LeadDelegated: ({ to }) => `had ${personName(to)} lead the inspection for the time being`,
  DelegationEnded: () => "had the lead take the inspection back",
  InspectionAnnounced: () => "announced the inspection",
  SampleNotRequired: () => "found that no cases are sampled",
  BeaconNamed: () => "named a public value that the draw rests on",
  CommitmentRenewed: () => "fixed a new secret number for the draw",
  SampleSizesSet: () => "set sizes of the sample",
  LettersWritten: ({ letters }) => `wrote ${several(letters.length, "letter")}`,
  RequestOpened: ({ request, due }) => `asked for the ${asked(request)} by ${dayInWords(due)}`,
  SubmissionReceived: ({ request }) => `sent a file for the ${asked(request)}`,
  SubmissionReturned: ({ request }) => `sent a file for the ${asked(request)} back`,
  RequestSatisfied: ({ request }) => `was content with the ${asked(request)}`,
  RequestChased: ({ request }) => `reminded the service of the ${asked(request)}`,
  CaseListSubmitted: ({ cases }) => `sent a list of ${several(cases.length, "case")}`,
  CaseListReturned: () => "sent the case list back",
  InspectionPostponed: () => "postponed the inspection",
  InspectionResumed: () => "resumed the inspection",
  InspectionCancelled: () => "cancelled the inspection",
  CaseErased: ({ of }) => `erased the words about case ${of}`,
  CaseListErased: () => "erased what identifies people in the case list",
  CaseWordsErased: () => "erased the words about all cases",
} satisfies Partial<Deeds>;

const sampled = {
  SampleDrawn: () => "drew the sample",
  NonceRevealed: () => "revealed the secret number of the draw",
  SampleNotified: () => "told the service which cases are inspected",
  DrawCountersigned: ({ equal }) =>
    `drew the sample again and got ${equal ? "the same cases" : "other cases"}`,
  InterviewBooked: ({ case: id, day }) =>
    `booked the interview about case ${id} for ${dayInWords(day)}`,
  ReplacementProposed: ({ case: id }) => `proposed to replace case ${id}`,
  CaseReplaced: ({ case: id, replacement }) => `replaced case ${id} by ${replacement}`,
  CaseWithdrawn: ({ case: id }) => `took case ${id} out of the sample`,
} satisfies Partial<Deeds>;

const inTheField = {
  CaseAllocated: ({ case: id, to }) => `gave case ${id} to ${personName(to)}`,
  CaseReallocated: ({ case: id, to }) => `passed case ${id} on to ${personName(to)}`,
  ConflictDeclared: ({ person }) => `recorded a conflict of interest of ${personName(person)}`,
  QualitySampleDrawn: () => "drew the quality sample",
  FieldworkOpened: () => "opened fieldwork",
  EvidenceLogged: ({ kind }) => `logged evidence: ${low(kind)}`,
  SurveyClosed: ({ responded, invited }) =>
    `closed a survey that ${responded} of ${invited} answered`,
  AlertRaised: ({ due }) => `raised an alert, to be answered by ${momentInWords(due)}`,
  AlertNotified: () => "told the service of the alert",
  AlertAnswered: () => "answered the alert",
  AlertClosed: () => "closed the alert",
  DomainOneProposed: ({ standard, rating }) => `proposed ${rating} for ${standard}`,
  InitialFeedbackGiven: () => "gave the service initial feedback",
  FieldworkClosed: ({ cases }) => `closed fieldwork with ${several(cases.length, "case")}`,
} satisfies Partial<Deeds>;

const assessed = {
  ScopeRecorded: ({ case: id }) => `recorded which questions concern case ${id}`,
  ClassificationJudged: ({ case: id }) => `judged a classification of case ${id}`,
  InterviewHeld: ({ case: id }) => `held the interview about case ${id}`,
  JudgementRecorded: ({ case: id, question, answer, replaces }) =>
    `judged case ${id} “${low(answer)}” on ${question}` +
    (replaces ? ` in place of “${low(replaces.answer)}”` : ""),
  JudgementWithdrawn: ({ case: id, question }) =>
    `withdrew the judgement of case ${id} on ${question}`,
  AssessmentCompleted: ({ case: id }) => `completed the assessment of case ${id}`,
  AssessmentReviewed: ({ case: id }) => `looked at the assessment of case ${id}`,
  AssessmentReturned: ({ case: id }) => `sent the assessment of case ${id} back`,
  AssessmentConfirmed: ({ case: id }) => `confirmed the assessment of case ${id}`,
  AssessmentReopened: ({ case: id }) => `opened the assessment of case ${id} again`,
  SecondMarkingAssigned: ({ case: id, to }) =>
    `had ${personName(to)} mark case ${id} a second time`,
  SecondJudgementRecorded: ({ case: id, question }) =>
    `judged case ${id} on ${question} a second time`,
  SecondMarkingCompleted: ({ case: id }) => `completed the second marking of case ${id}`,
} satisfies Partial<Deeds>;

const decided = {
  PanelConvened: ({ members }) => `convened a panel of ${members.length}`,
  MemberRecused: ({ member }) => `recorded that ${personName(member)} takes no part`,
  ChairHandedOver: ({ to }) => `handed the chair to ${personName(to)}`,
  ScoreSealed: ({ standard }) => `sealed a score for ${standard}`,
  ScoreOpened: ({ standard, rating }) => `opened a score for ${standard}: ${rating}`,
  StandardConsidered: ({ standard }) => `had the panel consider the numbers of ${standard}`,
  DiscretionExercised: ({ standard, from, to }) =>
    `exercised discretion on ${standard}: ${to} in place of ${from}`,
  DiscretionDeclined: ({ standard, rating }) =>
    `declined discretion on ${standard}: ${rating} stays`,
  PublishedRatingAdopted: ({ standard, to }) => `took over the published ${to} for ${standard}`,
  VoteCast: ({ standard, rating }) => `voted ${rating} on ${standard}`,
  DissentRecorded: ({ standard }) => `recorded a dissent on ${standard}`,
  DomainOneDecided: ({ standard, rating }) => `decided ${rating} for ${standard}`,
  RatingsConcluded: ({ overall }) =>
    overall === undefined ? "concluded the ratings" : `concluded the ratings: overall ${overall}`,
  OverallDecided: ({ overall }) => `decided the overall rating: ${overall ?? "withheld"}`,
  PanelReconvened: ({ standards }) => `called the panel together again on ${standards.join(", ")}`,
} satisfies Partial<Deeds>;

/** A text about a standard or a question goes by its code; `framework/outline.ts` makes the id. */
const sectionInWords = (section: string): string => {
  const code = /^(?:standard|question)-(.+)$/.exec(section)?.[1];
  return code === undefined
    ? `the section “${plain(section)}”`
    : `the text on ${code.replaceAll("-", ".").toUpperCase()}`;
};

const reported = {
  SectionDrafted: ({ section }) => `wrote ${sectionInWords(section)}`,
  ContextualFactRecorded: ({ label }) => `recorded the figure “${label}”`,
  PointMade: ({ kind, about }) =>
    `named ${kind === "strength" ? "a strength" : "an area for improvement"} on ${about}`,
  PointWithdrawn: () => "withdrew a strength or an area for improvement",
  FigureTableRecorded: ({ label }) => `recorded the table “${label}”`,
  ImprintSet: () => "said who led and signed, and whom to ask about the report",
  FindingExcused: () => "said why a finding of the checks may stand",
  RecommendationMade: ({ number }) => `made recommendation ${number}`,
  RecommendationWithdrawn: ({ number }) => `withdrew recommendation ${number}`,
  DraftSent: ({ due }) => `sent the draft to the service, for comments by ${dayInWords(due)}`,
  CommentReceived: ({ section }) => `commented on ${sectionInWords(section)}`,
  CommentsReturned: () => "had no more comments",
  CommentPeriodEnded: () => "ended the time for comments",
  CommentAnswered: ({ outcome }) => `answered a comment: ${low(outcome)}`,
  FactualAccuracyClosed: () => "closed the check of factual accuracy",
  ReportSignedOff: () => "signed the report off",
  SignOffWithdrawn: () => "withdrew the sign-off",
  EmbargoSet: ({ publishAt }) => `set the publication for ${momentInWords(publishAt)}`,
  EmbargoChanged: ({ publishAt }) => `moved the publication to ${momentInWords(publishAt)}`,
  EmbargoedCopiesSent: ({ recipients }) =>
    recipients === 0
      ? "released no copy under embargo: nobody was to get one"
      : `released ${several(recipients, "copy").replace("copys", "copies")} under embargo`,
  ReportPublished: () => "published the report",
  CorrectionIssued: ({ version }) => `published version ${version}, a correction`,
  ActionPlanReceived: ({ actions }) =>
    `sent an action plan with ${several(actions.length, "action")}`,
  ActionPlanReturned: () => "sent the action plan back",
  ActionPlanAccepted: () => "accepted the action plan",
  ProgressReleased: ({ number }) =>
    `released what the service says of recommendation ${number} to the public`,
  RecommendationTracked: ({ number, status }) => `noted recommendation ${number} as ${low(status)}`,
  InspectionClosed: () => "closed the inspection",
} satisfies Partial<Deeds>;

const beyondOne = {
  ReminderCalled: ({ to, items }) =>
    `called for a reminder of ${several(items.length, "duty").replace("dutys", "duties")} to ` +
    (to.person ? personName(to.person) : roleNames[to.role]),
  LetterCalled: ({ about }) => `called for a letter: ${letterNames[about].toLowerCase()}`,
  LinkRevoked: () => "took back the link of a letter",
  ReminderDelivered: ({ channel }) =>
    channel === "mail" ? "sent a letter by mail" : "noted a letter in the log",
  ReminderFailed: ({ why }) =>
    ({
      "no-address": "had no address for a letter",
      refused: "could not deliver a letter: it was refused",
      over: "did not send a letter: what it says held no more",
    })[why],
  ProgrammeOpened: ({ name }) => `opened the programme “${name}”`,
  PlanningRulesChanged: () => "changed the rules of planning",
  ServicesEnrolled: ({ services }) => `enrolled ${several(services.length, "service")}`,
  ServiceRemoved: () => "took a service out of the programme",
  InspectorsRegistered: ({ inspectors }) => `registered ${several(inspectors.length, "inspector")}`,
  InspectorReleased: ({ inspector }) => `released ${personName(inspector)} from the programme`,
  BlackoutDeclared: () => "declared days without fieldwork",
  BlackoutLifted: () => "lifted days without fieldwork",
  ScheduleProposed: ({ placements }) =>
    `proposed a schedule of ${several(placements.length, "inspection")}`,
  PlacementChanged: () => "placed a service otherwise",
  PlacementReleased: () => "let the planner place a service again",
  ScheduleConfirmed: ({ placements }) =>
    `confirmed a schedule of ${several(placements.length, "inspection")}`,
  FrameworkAdopted: ({ framework }) => `adopted the framework ${framework}`,
  FrameworkWithdrawn: ({ framework }) => `withdrew the framework ${framework}`,
} satisfies Partial<Deeds>;

const deeds: Deeds = {
  ...beyondOne,
  ...beforeTheDraw,
  ...sampled,
  ...inTheField,
  ...assessed,
  ...decided,
  ...reported,
};

/** `Inspector 1 judged case c0004 “no” on 2.2.2`. */
export const deedInWords = (fact: Told): string => {
  const tell = deeds[fact.type] as (fact: Told) => string;
  const who = fact.by.role === "system" ? "Assay" : personName(fact.by.id);
  return `${who} ${tell(fact)}`;
};
