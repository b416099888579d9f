/** What may be asked of a report, by whom, and the reasons for a no. */
import { z } from "zod";

import { grant, type Permissions } from "../kernel/actor.ts";
import { SettingId } from "../framework/setting-id.ts";
import { JudgedCode, StandardCode } from "../kernel/codes.ts";
import { request } from "../kernel/fact.ts";
import { ItemId, PersonId } from "../kernel/ids.ts";
import { Day, Instant } from "../kernel/instants.ts";
import { printed, printedLine } from "../kernel/printed.ts";
import { Section } from "./events.ts";
import { isIsbn } from "./isbn.ts";

/** Every word of these may be printed: in the report, on a copy, or beside it on the site. */
const words = printed(20_000);

const recipients = z
  .array(z.strictObject({ body: printedLine(200), name: printedLine(20_000) }))
  .max(200)
  .readonly();

export const PublicationCommand = z.discriminatedUnion("type", [
  request("DraftSection", { section: Section, markdown: printed(200_000) }),
  request("RecordContextualFact", {
    name: z.string().regex(/^[a-z][A-Za-z0-9]*$/, "a short name such as openCases"),
    label: printedLine(200),
    value: z.number(),
    unit: printedLine(40, { blank: true }),
    source: printedLine(500),
    asOf: printedLine(40).min(4),
  }),
  request("ExcuseFinding", {
    check: z.enum(["name", "figure"]),
    place: printed(200),
    words: printed(400),
    reason: words,
  }),
  request("MakeRecommendation", {
    number: z.int().min(1).max(99),
    addressee: printedLine(200),
    wording: words,
  }),
  request("WithdrawRecommendation", { number: z.int().min(1), reason: words }),
  request("MakePoint", {
    point: ItemId,
    kind: z.enum(["strength", "improvement"]),
    about: JudgedCode,
    wording: words,
  }),
  request("WithdrawPoint", { point: ItemId, reason: words }),
  request("RecordFigureTable", {
    table: SettingId,
    label: printedLine(200),
    unit: printedLine(40, { blank: true }),
    source: printedLine(500),
    asOf: printedLine(40).min(4),
    rows: z
      .array(
        z.strictObject({
          label: printedLine(200),
          value: z.number().optional(),
          national: z.number().optional(),
        }),
      )
      .min(1)
      .max(100)
      .readonly(),
  }),
  request("SetImprint", {
    isbn: printedLine(20, { blank: true })
      .default("")
      .refine((isbn) => isbn === "" || isIsbn(isbn), "an ISBN of 10 or 13 digits: one is wrong"),
    ledBy: printedLine(200, { blank: true }).default(""),
    signedBy: printedLine(200, { blank: true }).default(""),
    contact: printedLine(500, { blank: true }).default(""),
  }),
  request("SendDraft", {}),
  request("SubmitComment", { comment: ItemId, section: Section, wording: words }),
  request("ReturnComments", {}),
  request("EndCommentPeriod", {}),
  request("AnswerComment", {
    comment: ItemId,
    outcome: z.enum(["accepted", "partly-accepted", "not-accepted"]),
    standards: z.array(StandardCode).readonly(),
    answer: words,
  }),
  request("CloseFactualAccuracy", {}),
  request("SignOffReport", {}),
  request("WithdrawSignOff", { reason: words }),
  request("SetEmbargo", { publishAt: Instant, recipients }),
  request("ChangeEmbargo", { publishAt: Instant, reason: words }),
  request("SendEmbargoedCopies", {}),
  request("PublishReport", {}),
  request("IssueCorrection", { what: words, why: words }),
  request("SubmitActionPlan", {
    actions: z
      .array(
        z.strictObject({
          recommendation: z.int().min(1),
          due: Day,
          owner: PersonId.optional(),
          action: words,
        }),
      )
      .min(1)
      .readonly(),
  }),
  request("ReturnActionPlan", { reason: words }),
  request("AcceptActionPlan", {}),
  request("TrackRecommendation", {
    number: z.int().min(1),
    status: z.enum(["not-started", "in-progress", "done", "not-accepted"]),
    note: printed(20_000, { blank: true }).default(""),
  }),
  request("ReleaseProgress", { number: z.int().min(1) }),
]);
export type PublicationCommand = z.infer<typeof PublicationCommand>;
export type PublicationCommandOf<Type extends PublicationCommand["type"]> = Extract<
  PublicationCommand,
  { type: Type }
>;

const lead = grant(["lead-inspector", "deputy-lead-inspector"], { only: ["lead"] });
const provider = grant(["provider-user"], { only: ["provider"] });
const publications = grant(["publications-officer"]);
const chief = grant(["chief-inspector"]);
const signatory = grant(["chief-inspector"], { never: ["drafted"] });
const system = grant(["system"]);

export const publicationPermissions: Permissions<PublicationCommand["type"]> = {
  DraftSection: lead,
  RecordContextualFact: [...lead, ...grant(["research-analyst"])],
  ExcuseFinding: lead,
  MakeRecommendation: lead,
  WithdrawRecommendation: lead,
  MakePoint: lead,
  WithdrawPoint: lead,
  RecordFigureTable: [...lead, ...grant(["research-analyst"])],
  SetImprint: [...lead, ...publications],
  SendDraft: lead,
  SubmitComment: provider,
  ReturnComments: provider,
  EndCommentPeriod: [...lead, ...system],
  AnswerComment: lead,
  CloseFactualAccuracy: lead,
  SignOffReport: signatory,
  WithdrawSignOff: [...chief, ...system],
  SetEmbargo: [...publications, ...chief],
  ChangeEmbargo: chief,
  SendEmbargoedCopies: [...publications, ...system],
  PublishReport: system,
  IssueCorrection: signatory,
  SubmitActionPlan: provider,
  ReturnActionPlan: [...lead, ...grant(["head-of-programme"])],
  AcceptActionPlan: [...lead, ...grant(["head-of-programme"])],
  TrackRecommendation: [...lead, ...provider, ...grant(["head-of-programme"])],
  ReleaseProgress: [...lead, ...grant(["head-of-programme"])],
};

/** What a check of the report found, and where. */
export type Finding = { readonly place: string; readonly problem: string };

export type PublicationRefusal =
  | { readonly reason: "RatingsNotConcluded" }
  | { readonly reason: "OverallWithheld" }
  | { readonly reason: "SignedOnOtherRatings" }
  | { readonly reason: "SectionsMissing"; readonly sections: readonly Section[] }
  | {
      readonly reason: "UnknownSection";
      readonly section: string;
      readonly known: readonly Section[];
    }
  | { readonly reason: "NumberTaken"; readonly number: number }
  | { readonly reason: "UnknownRecommendation"; readonly number: number }
  | { readonly reason: "UnknownPoint"; readonly point: string }
  | { readonly reason: "NoPoints" }
  /** Nothing that the service said of a recommendation waits to be read by the public. */
  | { readonly reason: "NothingToRelease" }
  | { readonly reason: "NoRecommendations" }
  | { readonly reason: "CommentPeriodOver"; readonly due: Day }
  | { readonly reason: "NotYetDue"; readonly due: Day | Instant }
  | { readonly reason: "AlreadyUsed"; readonly item: string }
  | { readonly reason: "AlreadyAnswered"; readonly comment: string }
  | { readonly reason: "NothingToCorrect"; readonly comment: string }
  | { readonly reason: "UnknownComment"; readonly comment: string }
  | { readonly reason: "UnknownStandard"; readonly standard: string }
  | { readonly reason: "CommentsUnanswered"; readonly comments: readonly string[] }
  | { readonly reason: "PanelStillToDecide"; readonly standards: readonly string[] }
  | { readonly reason: "PublicationInThePast"; readonly publishAt: Instant }
  | { readonly reason: "DayNotPlausible"; readonly day: Day }
  | { readonly reason: "SameMoment"; readonly publishAt: Instant }
  | { readonly reason: "TooSoonForCopies"; readonly copiesFrom: Instant }
  | { readonly reason: "NothingChanged" }
  | { readonly reason: "RecommendationsWithoutAction"; readonly numbers: readonly number[] }
  | { readonly reason: "NothingToExcuse"; readonly place?: string }
  | {
      readonly reason: "CannotBeSet" | "ReportHasErrors" | "AnswerNamesSomebody";
      readonly findings: readonly Finding[];
    };
