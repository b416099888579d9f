/**
 * Every upcaster there is, for facts of all steps. A schema that was published is never edited: a
 * new version comes with an upcaster here, and its golden JSON of every version is kept.
 */
import { type Upcaster, upcast, versionOf } from "./kernel/upcast.ts";
import { requestsByName } from "./framework/format-1-timetable.ts";
import { scopeByName, tallyByName } from "./framework/format-1-scope.ts";
import { drawByName, listWithColumns } from "./sampling/draw-format-1.ts";

/**
 * Facts whose first version knew the codes, ratings, sections and surveys of two frameworks alone.
 * From the second on they take those of any; what was written before reads as it was.
 */
const ofAnyFramework = [
  "AssessmentCompleted",
  "CommentAnswered",
  "CommentReceived",
  "DiscretionDeclined",
  "DiscretionExercised",
  "DissentRecorded",
  "DomainOneDecided",
  "DomainOneProposed",
  "EvidenceLogged",
  "InspectionAnnounced",
  "JudgementRecorded",
  "JudgementWithdrawn",
  "MemberRecused",
  "OverallDecided",
  "PanelReconvened",
  "PublishedRatingAdopted",
  "RatingsConcluded",
  "ScoreOpened",
  "ScoreSealed",
  "SecondJudgementRecorded",
  "SectionDrafted",
  "StandardConsidered",
  "SurveyClosed",
  "VoteCast",
] as const;

/** Requests and letters, which from the second version on are those of any framework. */
const ofAnyRequest = [
  "LettersWritten",
  "RequestChased",
  "RequestOpened",
  "RequestSatisfied",
  "SubmissionReceived",
  "SubmissionReturned",
] as const;

/** Facts with a timetable, which from the second version on has a day for any request. */
const withTimetable = [
  "InspectionRescheduled",
  "InspectionResumed",
  "InspectionScheduled",
] as const;

type Data = { readonly [key: string]: unknown };

/** Former ones took the days of fieldwork from their report, and numbers of cases. */
const reconstructionInFull = (data: Data): Data => {
  const { reconstruction, timetable } = data as {
    readonly reconstruction?: Data;
    readonly timetable: Data;
  };
  if (!reconstruction) return data;
  const { fieldworkStart: start, fieldworkEnd: end } = timetable;
  const known = { fieldwork: { start, end }, counts: true, unrated: [], said: [] };
  return { ...data, reconstruction: { ...reconstruction, ...known } };
};

const upcasters: readonly Upcaster[] = [
  // From the second version on they name the case, where the alert is about one.
  { type: "AlertAnswered", from: 1, up: (data) => data },
  { type: "AlertClosed", from: 1, up: (data) => data },
  // From the second version on they name what was rendered.
  { type: "CorrectionIssued", from: 1, up: (data) => data },
  { type: "ReportPublished", from: 1, up: (data) => data },
  // From the second version on they are answers to any question that rates nothing.
  { type: "ClassificationJudged", from: 1, up: tallyByName },
  // From the third version on a reconstruction names what its source says.
  { type: "InspectionScheduled", from: 2, up: reconstructionInFull },
  { type: "ScopeRecorded", from: 1, up: scopeByName },
  { type: "ScopeRecorded", from: 2, up: (data) => data },
  // From the third version on the framework may group values and say what a sample is made of.
  { type: "InspectionAnnounced", from: 2, up: (data) => data },
  // From the second version on documents name requests, offices and kinds of evidence of their own.
  { type: "FrameworkAdopted", from: 1, up: (data) => data },
  // From the fourth on no commitment is needed where no cases are sampled.
  { type: "InspectionAnnounced", from: 3, up: (data) => data },
  // From then on documents may have templates, partners' roles and texts on each standard.
  { type: "InspectionAnnounced", from: 4, up: (data) => data },
  { type: "FrameworkAdopted", from: 2, up: (data) => data },
  // From then on documents may say when tables print numbers, beside when percentages.
  { type: "InspectionAnnounced", from: 5, up: (data) => data },
  { type: "FrameworkAdopted", from: 3, up: (data) => data },
  // From the second version on a letter may tell of a change, and be over before it goes out.
  { type: "LetterCalled", from: 1, up: (data) => data },
  { type: "ReminderFailed", from: 1, up: (data) => data },
  // From the second version on they may name a framework, a kind and the weeks of its fieldwork.
  { type: "ServicesEnrolled", from: 1, up: (data) => data },
  // From then on a member of the team may come from a partner.
  { type: "InspectionScheduled", from: 3, up: (data) => data },
  { type: "TeamAssigned", from: 1, up: (data) => data },
  ...ofAnyFramework.map((type) => ({ type, from: 1, up: (data: Data) => data })),
  ...ofAnyRequest.map((type) => ({ type, from: 1, up: (data: Data) => data })),
  ...withTimetable.map((type) => ({ type, from: 1, up: requestsByName })),
  // From the third version on the framework names the kinds of evidence.
  { type: "EvidenceLogged", from: 2, up: (data) => data },
  { type: "CaseListSubmitted", from: 1, up: listWithColumns },
  // From the second version on they are by the names of any populations.
  { type: "SampleSizesSet", from: 1, up: (data) => data },
  { type: "SampleDrawn", from: 1, up: drawByName },
];

type Stored = {
  readonly type: string;
  readonly data: { readonly [key: string]: unknown };
  readonly metadata?: unknown;
};

/** The version that a stored event says it was written in. */
export const storedVersion = ({ metadata }: Pick<Stored, "metadata">): number => {
  const version = (metadata as { readonly version?: unknown } | undefined)?.version;
  return typeof version === "number" ? version : 1;
};

/** A stored event as a fact of today, not parsed. */
export const factToday = (
  event: Stored,
  under: readonly Upcaster[] = upcasters,
): { readonly type: string } => {
  const { type, data } = event;
  const version = storedVersion(event);
  return {
    type,
    ...(version < currentVersion(type, under) ? upcast(under, { type, version, data }) : data),
  };
};

/** The version in which facts of this type are written now. */
export const currentVersion = (type: string, under: readonly Upcaster[] = upcasters): number =>
  versionOf(under, type);
