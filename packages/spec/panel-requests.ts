/** What members of a panel ask in stories, in as few words as possible. */
import type { PanelRefusal } from "@assay/domain/panel/commands.ts";
import { sealOf } from "@assay/domain/panel/sitting.ts";

import { panelMembers, people } from "./people.ts";
import { sealNonce } from "./specimens-panel.ts";

const present = panelMembers;
export const because = "Because of what the cases show.";

export const consider = (standard: string) =>
  ({ type: "ConsiderStandard", standard, present }) as const;
export const exercise = (standard: string, to: "Good" | "Outstanding" | "Requires improvement") =>
  ({ type: "ExerciseDiscretion", standard, to, present, reason: because }) as const;
export const decline = (standard: string) =>
  ({ type: "DeclineDiscretion", standard, present, reason: because }) as const;
export const decide = (standard: string, rating: "Good" | "Outstanding" = "Good") =>
  ({ type: "DecideDomainOne", standard, rating, present }) as const;
export const recuse = (member: string, ...standards: string[]) =>
  ({ type: "RecuseMember", member, standards, reason: because }) as const;
export const handOver = (to: string) => ({ type: "HandOverChair", to, reason: because }) as const;
export const vote = (standard: string, rating: "Good" | "Outstanding" = "Good") =>
  ({ type: "CastVote", standard, rating }) as const;
export const seal = (standard: string) =>
  ({
    type: "SealScore",
    standard,
    seal: sealOf({ nonce: sealNonce, standard, rating: "Outstanding" }),
  }) as const;
export const open = (standard: string, rating: "Good" | "Outstanding" = "Good") =>
  ({ type: "OpenScore", standard, rating, nonce: sealNonce }) as const;
export const sit = (members: readonly string[], chair: string = people.chair.id) =>
  ({ type: "ConvenePanel", chair, members }) as const;
export const reconvene = (standards: string[], ...comments: string[]) =>
  ({ type: "ReconvenePanel", standards, comments, reason: because }) as const;

/** The refusals that are about who sits and how they are heard; the others are about deciding. */
export type AboutMembers = Extract<
  PanelRefusal,
  {
    readonly reason:
      | "TooFewForQuorum"
      | "WorkedOnTheInspection"
      | "ChairNotAMember"
      | "ChairMustSit"
      | "AlreadyTheChair"
      | "NotAMember"
      | "Recused"
      | "NotForAnother"
      | "NamedTwice"
      | "ScoresStillSealed"
      | "SealDoesNotMatch"
      | "NotSealed"
      | "AlreadyConsidered"
      | "AlreadySealedOtherwise"
      | "SealOfAnother";
  }
>;
