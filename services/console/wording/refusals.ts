/** Why something was refused, in words that say what to do. The domain gives data, never prose. */
import type { FrameworkRefusal } from "@assay/domain/announcement/adoption/commands.ts";
import type { InspectionRefusal } from "@assay/domain/announcement/commands.ts";
import type { ErasureRefusal } from "@assay/domain/announcement/erasure/commands.ts";
import type { ProgrammeRefusal } from "@assay/domain/announcement/programme/commands.ts";
import type { AssessmentRefusal } from "@assay/domain/fieldwork/assessment/commands.ts";
import type { FieldworkRefusal } from "@assay/domain/fieldwork/commands.ts";
import type { ScopeProblem } from "@assay/domain/framework/relevance.ts";
import type { Stopped } from "@assay/domain/lifecycle/aggregate.ts";
import type { PanelRefusal } from "@assay/domain/panel/commands.ts";
import type { PublicationRefusal } from "@assay/domain/publication/commands.ts";
import type { ListProblem } from "@assay/domain/sampling/list-problems.ts";
import type { ReminderRefusal } from "@assay/domain/reminders/commands.ts";

import { dateInWords, momentInWords } from "./dates.ts";
import { panelOwes, plain, roleNames, personName } from "./names.ts";
import { phaseInWords } from "./phases.ts";
import { beforeAnInspection, list, type Refusal, type Sentence } from "./refusals-beyond.ts";
import { listProblemsInWords, scopeProblemsInWords } from "./case-problems.ts";

const people = (value: unknown): string =>
  Array.isArray(value) ? value.map((id) => personName(String(id))).join(", ") : String(value);

const fileSaid: Readonly<Record<string, string>> = {
  empty: "The file is empty.",
  "too-large": "The file is too large. Send it in parts.",
  "unknown-kind": "A file of that kind cannot be opened. Send a PDF, a document, a sheet or text.",
  "received-before": "That very file has arrived already. Send one that says something else.",
  "returned-before": "That very file was sent back before. Send a corrected one.",
};

const undecided: Sentence = ({ standards }) => {
  const left = standards as readonly { readonly standard: string; readonly owed: string }[];
  const each = left.map(
    ({ standard, owed }) => `${standard} (${(panelOwes[owed] ?? plain(owed)).toLowerCase()})`,
  );
  return `The panel has still to decide ${each.join(", ")}.`;
};

const stillOpen: Sentence = ({ cases, proposals, alerts, secondMarkings, feedback }) => {
  const parts = [
    ["assessments to confirm", cases],
    ["standards without a proposed rating", proposals],
    ["alerts to close", alerts],
    ["second markings to finish", secondMarkings],
  ].flatMap(([what, found]) =>
    Array.isArray(found) && found.length > 0 ? [`${String(what)}: ${list(found)}`] : [],
  );
  const told = feedback === true ? ["initial feedback is to be given"] : [];
  return `Fieldwork cannot close yet: ${[...parts, ...told].join("; ")}.`;
};

/** Why the value of a beacon does not do. */
const beaconSaid = (why: string, named: unknown): string => {
  const { round, at } = (named ?? {}) as { readonly round?: number; readonly at?: string };
  if (why === "not-named") return "No beacon was named before the list came, so none can be used.";
  if (why === "no-round") return "The beacon has no values for that time.";
  if (why === "another-value") return `This is not the value of round ${round}. Copy it again.`;
  if (why === "missing") return `Give the value of round ${round} of the beacon.`;
  return `Round ${round} of the beacon appears ${momentInWords(String(at))}. Draw after that.`;
};

const errorsIn = (findings: unknown): string =>
  (findings as readonly { readonly place: string; readonly problem: string }[])
    .map(({ place, problem }) => `${place}: ${problem}`)
    .join(" ");

const notPermitted: Sentence = ({ role, permitted }) => {
  const grants = permitted as readonly { readonly role: keyof typeof roleNames }[];
  const roles = [...new Set(grants.map(({ role: each }) => roleNames[each].toLowerCase()))];
  const own = roleNames[role as keyof typeof roleNames].toLowerCase();
  return `You may not do this as ${own} here. It is for: ${roles.join(", ")}.`;
};

/** Every reason for which a step may refuse: the compiler asks for the words of each. */
type OfStep = (
  | AssessmentRefusal
  | ErasureRefusal
  | FieldworkRefusal
  | FrameworkRefusal
  | InspectionRefusal
  | PanelRefusal
  | ProgrammeRefusal
  | PublicationRefusal
  | ReminderRefusal
  | Stopped
)["reason"];

/** For which a service refuses what its step would take. */
type AtTheDoor =
  | "Unauthenticated"
  | "RepeatedOtherwise"
  | "SetAside"
  | "ClockInDoubt"
  | "CannotBeSet"
  | "ReportHasErrors"
  | "AnswerNamesSomebody"
  | "NothingToExcuse";

export type Reason = OfStep | AtTheDoor;

const sentences: Readonly<Record<Reason, Sentence>> = {
  ...beforeAnInspection,
  NotPermitted: notPermitted,
  Unauthenticated: () =>
    "The service does not know who stands behind this. Tell whoever runs Assay: its edges and " +
    "services do not trust each other, or their clocks differ by more than five minutes.",
  UnknownInspection: () => "There is no such inspection.",
  DatesOutOfOrder: () => "Fieldwork must end on or after the day it begins.",
  NotAWorkingDay: ({ day }) =>
    `${dateInWords(String(day))} is a weekend or a bank holiday. Choose another day.`,
  TeamNeedsOneLead: () => "A team needs exactly one lead inspector.",
  NamedTwice: ({ person, id }) => `${personName(String(person ?? id))} is named twice.`,
  HomeServiceNeeded: ({ person }) =>
    `Say in which service ${personName(String(person))} works: nobody assesses their own.`,
  TiedToTheService: ({ person, service, because }) =>
    `${personName(String(person))} cannot inspect ${String(service)}: the programme says that ` +
    `they ${because === "home-area" ? "live in its area" : "were employed there"}. Choose ` +
    "somebody else; where the programme is wrong, correct its register of inspectors first.",
  NotTheDeputy: () => "Only the deputy lead can take the lead’s place.",
  NotInThisPhase: ({ now, first }) =>
    phaseInWords({ now: String(now), ...(typeof first === "string" && { first }) }),
  SetAside: () =>
    "Something that is recorded there cannot be read, so nothing more is recorded. Whoever looks " +
    "after Assay sees why on the page Operations.",
  ClockInDoubt: () =>
    "The clock of the machine may be wrong, so nothing is recorded for now. Whoever looks after " +
    "Assay sees why on the page Operations, and mends the clock or says there that it is right.",
  RepeatedOtherwise: () =>
    "Something else was sent under this name before, and stands recorded. Send this anew.",
  NoDeputy: () => "The team has no deputy lead. Name one in the team first.",
  NotDelegated: () => "The lead has not been delegated, so there is nothing to end.",
  FieldworkHasBegun: () => "Fieldwork has begun, so its dates can no longer change.",
  RequestNotOpen: () => "What was asked for has arrived: there is nothing to remind of.",
  NotYetDue: ({ due }) => `It is not yet due: ${dateInWords(String(due))}.`,
  NonceDoesNotMatch: () => "The secret number is not the one that was committed to.",
  CommitmentNeeded: () =>
    "The sample rests on this, so it needs a commitment to a secret number, and the announcing " +
    "service gave none.",
  BeaconNotAcceptable: ({ why, named }) => beaconSaid(String(why), named),
  AnotherDraw: () => "The sample that was drawn has another seed. Draw again from its certificate.",
  NothingToApprove: ({ case: id }) =>
    `Nobody proposed to take case ${String(id)} out of the sample.`,
  SecondPersonNeeded: ({ proposedBy }) =>
    `${personName(String(proposedBy))} proposed this, so somebody else has to approve it.`,
  CaseListContradictsFramework: ({ problems }) =>
    `The list does not fit the framework: ${listProblemsInWords(problems as readonly ListProblem[])}`,
  SampleCannotBeDrawn: ({ why }) => `The sample cannot be drawn: ${String(why)}.`,
  NotInTheSample: () => "The case is not in the sample.",
  AssessmentConfirmed: () => "The assessment is confirmed. Open it again first.",
  ConflictOfInterest: ({ person }) =>
    `${personName(String(person))} has declared a conflict of interest: somebody else has to do it.`,
  NotYourself: () => "You may declare your own conflicts of interest only.",
  QualitySampleAlreadyDrawn: () => "The quality sample is drawn, and stays as it is.",
  JudgedMeanwhile: ({ question, standing }) => {
    const other = standing as { readonly answer: string; readonly by: string } | null;
    const found = other
      ? `${personName(other.by)} answered ${plain(other.answer).toLowerCase()} meanwhile`
      : "the answer that you saw is no longer there";
    return `${String(question)}: ${found}. Look at it and answer again, with a reason.`;
  },
  FileNotAcceptable: ({ why }) => fileSaid[String(why)] ?? "The file cannot be taken.",
  NothingReceived: () => "Nothing has arrived for this yet.",
  UnknownSubmission: () => "No such file has arrived.",
  NotOnTheTeam: ({ person }) => `${personName(String(person))} is not on the team.`,
  OwnService: ({ person }) => `${personName(String(person))} works at this service.`,
  ReasonRequired: () => "Give a reason: this changes what was recorded before.",
  RationaleRequired: ({ question }) =>
    `Say why the answer to ${String(question)} is no. Every no on a key question needs a rationale.`,
  UnknownQuestion: ({ question }) => `The framework has no question ${String(question)}.`,
  NotRelevant: ({ question, because }) =>
    `${String(question)} is not asked of this case, because ${String(because)}.`,
  NotApplicableNotAllowed: ({ question }) => `${String(question)} must be answered yes or no.`,
  NoSuchAnswer: ({ question, answers }) =>
    `${String(question)} is answered by one of: ${(answers as string[]).join(", ")}.`,
  StillUnanswered: ({ questions, tallies }) =>
    `Still to answer: ${[...(questions as string[]), ...(tallies as string[])].join(", ")}.`,
  SecondMarkerJudgedFirst: ({ person }) =>
    `${personName(String(person))} marked the case first and cannot mark it again.`,
  StillOpen: stillOpen,
  TooFewForQuorum: ({ present, quorum }) =>
    `${String(present)} present; the panel needs at least ${String(quorum)}.`,
  WorkedOnTheInspection: ({ people: who }) =>
    `${people(who)} worked on this inspection and cannot decide its ratings.`,
  ChairNotAMember: () => "The chair has to be one of the members.",
  AlreadyTheChair: ({ person }) => `${people([person])} chairs this panel already.`,
  ChairMustSit: () => "The chair cannot be recused from every standard.",
  NotAMember: ({ people: who }) => `${people(who)} does not sit on this panel.`,
  Recused: ({ people: who }) => `${people(who)} is recused from this.`,
  NotProposed: ({ standard }) => `The lead has not proposed a rating for ${String(standard)} yet.`,
  NotConsidered: ({ standard }) => `Consider the numbers of ${String(standard)} first.`,
  ConsideredOnOtherNumbers: ({ standard }) =>
    `The numbers of ${String(standard)} have changed since they were considered. Consider them again.`,
  NotEligible: ({ standard, rule }) =>
    `No trigger is met on ${String(standard)}, so the rating stays ${String(rule)}.`,
  TooFarMoved: ({ bands }) => `A rating may be moved by ${String(bands)} band at most.`,
  NotMoved: () => "That is the rating it has already. Decline discretion instead.",
  AgainstTheVote: ({ voted }) => `The votes call for ${String(voted)}.`,
  ScoresStillSealed: ({ members }) => `Still to seal their scores: ${people(members)}.`,
  SealDoesNotMatch: () =>
    "This rating and code are not what you sealed. Check the code, and the rating you gave then.",
  SealOfAnother: () => "Somebody else has sealed exactly this. Seal a score of your own.",
  AlreadySealedOtherwise: () => "You have sealed a score already; it cannot be changed.",
  AlreadyConsidered: () => "The standard has been considered; scores are sealed before that.",
  NotOnTheCaseList: (refusal) => `There is no ${String(refusal["case"])} on the case list.`,
  StillKept: ({ until }) => `The words are still kept, until ${String(until)}.`,
  NotSealed: () => "You have not sealed a score.",
  NotForAnother: () => "Only the member concerned or the chair can record that.",
  CommentTouchesMore: ({ standards }) => `The comment touches ${list(standards)} too.`,
  AssessmentsNotConfirmed: ({ cases }) => `These assessments are not confirmed: ${list(cases)}.`,
  Undecided: undecided,
  RatingsNotConcluded: () => "The panel has not concluded the ratings.",
  OverallWithheld: () => "The overall rating is withheld until the head of programme decides.",
  SignedOnOtherRatings: () => "The ratings have changed since the report was signed off.",
  SectionsMissing: ({ sections }) => `Still to write: ${list(sections)}.`,
  CannotBeSet: ({ findings }) => `This cannot be printed. ${errorsIn(findings)}`,
  ReportHasErrors: ({ findings }) => `The report cannot move on yet. ${errorsIn(findings)}`,
  AnswerNamesSomebody: ({ findings }) =>
    `The public will read this: write of posts, not of people or cases. ${errorsIn(findings)}`,
  NothingToExcuse: ({ place }) =>
    typeof place === "string"
      ? `The checks find no such words in ${place}, or none that a reason lets stand: mend them.`
      : "The checks find nothing that a reason lets stand.",
  NumberTaken: ({ number }) => `There is already a recommendation ${String(number)}.`,
  NothingToRelease: () => "There is nothing that the service said and the public cannot read yet.",
  NoPoints: () => "Name a strength or an area for improvement first.",
  NoRecommendations: () => "Make at least one recommendation first.",
  CommentPeriodOver: ({ due }) => `The time for comments ended on ${dateInWords(String(due))}.`,
  CommentsUnanswered: ({ comments }) => `Still to answer: ${list(comments)}.`,
  PanelStillToDecide: ({ standards }) => `The panel has still to decide ${list(standards)} anew.`,
  PublicationInThePast: () => "Choose a moment in the future.",
  SameMoment: () => "The report is to appear at that moment already. Choose another.",
  NothingChanged: () => "Nothing has changed since the report was published.",
  RecommendationsWithoutAction: ({ numbers }) =>
    `Say what you will do about recommendation ${list(numbers)}.`,
  AlertAnswered: () => "The service has answered the alert: it knows of it.",
  AssessmentNotComplete: () => "The assessment is not complete yet.",
  NothingToExplain: () => "Nobody has the case yet, so no reason is asked for. Leave it out.",
  AlertClosed: () => "The alert is closed.",
  AlertNotAnswered: () => "The service has not answered the alert yet.",
  AlertNotNotified: () => "The service has not been told of the alert yet.",
  UnknownAlert: () => "There is no such alert.",
  AlreadyUsed: ({ item }) => `Something else is called ${String(item)} already.`,
  MoreRespondedThanInvited: () => "No more can have answered than were invited.",
  NoEvidence: () => "Log the evidence first: a rating rests on it.",
  NoSurveyLeft: () => "The turnout of every survey is recorded.",
  UnknownEvidence: ({ items }) => `There is no such evidence: ${list(items)}.`,
  UnrelatedEvidence: ({ items }) => `This evidence speaks to other standards: ${list(items)}.`,
  NotInThePopulation: ({ question, case: id }) =>
    `${String(question)} is not asked of cases such as ${String(id)}.`,
  ScopeContradictsFramework: ({ problems }) =>
    `The framework does not allow this scope. ${scopeProblemsInWords(problems as readonly ScopeProblem[])}`,
  RatingsConcluded: () => "The ratings are concluded, so judgements can no longer change.",
  UnknownStandard: ({ standard }) => `${String(standard)} is not rated in this inspection.`,
  UnknownGrade: ({ standard, rating, grades }) =>
    `“${String(rating)}” is no rating of ${String(standard)}. Choose one of ${list(grades)}.`,
  AboveTheLimit: ({ standard, rating, atMost }) =>
    `${standard === "overall" ? "The overall rating" : String(standard)} can be no better than ` +
    `${String(atMost)} with the ratings that there are, so it cannot be ${String(rating)}.`,
  NoOverallRating: () => "This framework gives no overall rating, so there is none to decide.",
  NotJudgedByCases: ({ standard }) => `People judge ${String(standard)}: its cases do not.`,
  NotJudgedByPeople: ({ standard }) => `The rating of ${String(standard)} follows from its cases.`,
  NotRated: ({ standard }) => `${String(standard)} is not rated: no case concerns it.`,
  NotReconvenedFor: ({ standard }) => `The panel was not reconvened for ${String(standard)}.`,
  NotAReconstruction: () => "This is for reports that were published before Assay alone.",
  OverallNotWithheld: () => "The overall rating follows from the standards.",
  UnknownComment: () => "There is no such comment.",
  AlreadyAnswered: () => "The comment has already been answered otherwise.",
  NothingToCorrect: () =>
    "Nothing is decided anew for a comment that is not accepted: choose no standard.",
  UnknownPoint: () => "That strength or area for improvement does not stand, or was withdrawn.",
  UnknownRecommendation: ({ number }) => `There is no recommendation ${String(number)}.`,
  TooSoonForCopies: ({ copiesFrom }) =>
    `Copies can be released from ${momentInWords(String(copiesFrom))} on.`,
  UnknownReminder: () => "There is no such reminder or letter.",
  AlreadySettled: () => "What became of this reminder or letter has been recorded already.",
  LetterIsOver: () =>
    "What this letter says holds no more: its time has passed, or a newer one took its place.",
  NoSuchLink: () => "This letter has no link that could be revoked.",
};

/** Every reason for a refusal, by its stable name. */
export const refusalReasons = Object.keys(sentences).toSorted() as readonly Reason[];

export const refusalInWords = (refusal: Refusal): string =>
  (sentences as Readonly<Record<string, Sentence>>)[refusal.reason]?.(refusal) ??
  `This is not possible: ${refusal.reason
    .replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .toLowerCase()}.`;
