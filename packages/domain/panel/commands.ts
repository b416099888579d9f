/** What a ratings panel may be asked to do, by whom, and the reasons for a no. */
import { z } from "zod";

import { Rating } from "../framework/scale.ts";
import { grant, type Permissions } from "../kernel/actor.ts";
import { JudgedCode, StandardCode } from "../kernel/codes.ts";
import { request } from "../kernel/fact.ts";
import { type CaseId, Digest, ItemId, PersonId } from "../kernel/ids.ts";
import { printed } from "../kernel/printed.ts";
import type { Trigger } from "./events.ts";

/** A report prints the panel's reasons. */
const words = printed(20_000);

const present = z.array(PersonId).min(1).readonly();

export const PanelCommand = z.discriminatedUnion("type", [
  request("ConvenePanel", { chair: PersonId, members: z.array(PersonId).min(1).readonly() }),
  request("RecuseMember", {
    member: PersonId,
    /** None: from every standard. */
    standards: z.array(JudgedCode).readonly(),
    reason: words,
  }),
  request("HandOverChair", { to: PersonId, reason: words }),
  request("SealScore", { standard: JudgedCode, seal: Digest }),
  request("OpenScore", {
    standard: JudgedCode,
    rating: Rating,
    nonce: z.string().regex(/^[0-9a-f]{32}$/, "32 hexadecimal digits"),
  }),
  request("ConsiderStandard", { standard: StandardCode, present }),
  request("ExerciseDiscretion", {
    standard: StandardCode,
    to: Rating,
    present,
    reason: words,
  }),
  request("DeclineDiscretion", { standard: StandardCode, present, reason: words }),
  request("AdoptPublishedRating", { standard: StandardCode, rating: Rating }),
  request("CastVote", { standard: JudgedCode, rating: Rating }),
  request("RecordDissent", { standard: JudgedCode, reason: words }),
  request("DecideDomainOne", {
    standard: JudgedCode,
    rating: Rating,
    present,
    /** Needed when the rating is not the one proposed. */
    reason: words.optional(),
  }),
  request("ConcludePanel", { present }),
  request("DecideOverall", { overall: Rating.optional(), reason: words }),
  request("ReconvenePanel", {
    standards: z.array(JudgedCode).min(1).readonly(),
    comments: z.array(ItemId).readonly().default([]),
    reason: words,
  }),
]);
export type PanelCommand = z.infer<typeof PanelCommand>;
export type PanelCommandOf<Type extends PanelCommand["type"]> = Extract<
  PanelCommand,
  { type: Type }
>;

/** Who chairs this panel may, whatever the role in which they sit on it. */
const chair = grant(["panel-chair", "panel-member"], { only: ["chair"], never: ["worked"] });
const member = grant(["panel-chair", "panel-member"], { only: ["panel"], never: ["worked"] });

export const panelPermissions: Permissions<PanelCommand["type"]> = {
  ConvenePanel: grant(["panel-chair", "head-of-programme"], { never: ["worked"] }),
  RecuseMember: member,
  HandOverChair: [...chair, ...grant(["head-of-programme"], { never: ["worked"] })],
  SealScore: member,
  OpenScore: member,
  ConsiderStandard: chair,
  ExerciseDiscretion: chair,
  DeclineDiscretion: chair,
  AdoptPublishedRating: chair,
  CastVote: member,
  RecordDissent: member,
  DecideDomainOne: chair,
  ConcludePanel: chair,
  DecideOverall: grant(["head-of-programme"]),
  ReconvenePanel: [...chair, ...grant(["head-of-programme", "system"])],
};

export type PanelRefusal =
  | { readonly reason: "TooFewForQuorum"; readonly present: number; readonly quorum: number }
  | { readonly reason: "WorkedOnTheInspection"; readonly people: readonly PersonId[] }
  | { readonly reason: "ChairNotAMember" }
  | { readonly reason: "ChairMustSit" }
  | { readonly reason: "AlreadyTheChair"; readonly person: PersonId }
  | { readonly reason: "NotAMember"; readonly people: readonly PersonId[] }
  | { readonly reason: "Recused"; readonly people: readonly PersonId[] }
  | { readonly reason: "NotForAnother"; readonly member: PersonId }
  | { readonly reason: "NamedTwice"; readonly person: PersonId }
  | { readonly reason: "UnknownStandard"; readonly standard: string }
  | {
      readonly reason: "UnknownGrade";
      readonly standard: string;
      readonly rating: Rating;
      readonly grades: readonly Rating[];
    }
  /** A limit of the framework leaves no better rating than this. */
  | {
      readonly reason: "AboveTheLimit";
      readonly standard: string;
      readonly rating: Rating;
      readonly atMost: Rating;
    }
  | { readonly reason: "NotReconvenedFor"; readonly standard: string }
  | { readonly reason: "NotJudgedByPeople"; readonly standard: string }
  | { readonly reason: "NotJudgedByCases"; readonly standard: string }
  | { readonly reason: "NotProposed"; readonly standard: string }
  | { readonly reason: "NotConsidered"; readonly standard: string }
  | { readonly reason: "ConsideredOnOtherNumbers"; readonly standard: string }
  | { readonly reason: "NotRated"; readonly standard: string }
  | { readonly reason: "NotEligible"; readonly standard: string; readonly rule: Rating }
  | {
      readonly reason: "TooFarMoved";
      readonly standard: string;
      readonly from: Rating;
      readonly to: Rating;
      readonly bands: number;
    }
  | { readonly reason: "NotMoved"; readonly standard: string; readonly rating: Rating }
  | { readonly reason: "ReasonRequired"; readonly standard: string }
  | { readonly reason: "NotAReconstruction" }
  | { readonly reason: "AgainstTheVote"; readonly standard: string; readonly voted: Rating }
  | { readonly reason: "ScoresStillSealed"; readonly members: readonly PersonId[] }
  | { readonly reason: "SealDoesNotMatch" }
  | { readonly reason: "NotSealed"; readonly standard: string }
  | { readonly reason: "AlreadyConsidered"; readonly standard: string }
  | { readonly reason: "AlreadySealedOtherwise"; readonly standard: string }
  /** Somebody else sealed exactly this, which nobody comes to by themselves. */
  | { readonly reason: "SealOfAnother"; readonly standard: string }
  | { readonly reason: "AssessmentsNotConfirmed"; readonly cases: readonly CaseId[] }
  | {
      readonly reason: "Undecided";
      readonly standards: readonly {
        readonly standard: string;
        readonly owed: "proposal" | "domain-one" | "consideration" | "discretion";
        readonly triggers: readonly Trigger[];
      }[];
    }
  | { readonly reason: "UnknownComment"; readonly comment: string }
  | {
      readonly reason: "CommentTouchesMore";
      readonly comment: string;
      readonly standards: readonly string[];
    }
  | {
      readonly reason: "CannotBeSet";
      readonly findings: readonly { readonly place: string; readonly problem: string }[];
    }
  | { readonly reason: "OverallNotWithheld" }
  | { readonly reason: "NoOverallRating" };
