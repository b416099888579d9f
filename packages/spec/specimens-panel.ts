/** One command of each kind that a panel takes, where it is in place. */
import type { PanelCommand } from "@assay/domain/panel/commands.ts";
import { sealOf } from "@assay/domain/panel/sitting.ts";

import { panelMembers, people } from "./people.ts";
import type { Specimen } from "./specimen.ts";
import { courtOnlyStory, reconstructedStory } from "./story.ts";
import type { World } from "./world.ts";

const present = panelMembers;
const reason = "Because of what the cases show.";
export const sealNonce = "0f".repeat(16);

/** Standard 3.1 rests on four cases, so discretion may be exercised on it. */
export const considerSmall = (world: World): void =>
  void world.tell(people.chair, { type: "ConsiderStandard", standard: "3.1", present });

/** Each member's own; that of the first member is `sealNonce`. */
export const nonceOf = (id: string): string =>
  id === people.member.id
    ? sealNonce
    : Buffer.from(id).toString("hex").padEnd(32, "0").slice(0, 32);

export const sealAll = (world: World, standard = "3.1"): void => {
  for (const by of [people.chair, people.member, people.secondMember, people.thirdMember]) {
    const seal = sealOf({ nonce: nonceOf(by.id), standard, rating: "Good" });
    world.tell(by, { type: "SealScore", standard, seal });
  }
};

export const panelSpecimens: Readonly<Record<PanelCommand["type"], Specimen>> = {
  ConvenePanel: {
    at: "fieldwork-closed",
    by: people.chair,
    ask: { type: "ConvenePanel", chair: people.chair.id, members: panelMembers },
  },
  RecuseMember: {
    at: "sitting",
    by: people.member,
    ask: { type: "RecuseMember", member: people.member.id, standards: ["1.1"], reason },
  },
  HandOverChair: {
    at: "sitting",
    by: people.head,
    ask: { type: "HandOverChair", to: people.member.id, reason },
  },
  SealScore: {
    at: "sitting",
    by: people.member,
    ask: {
      type: "SealScore",
      standard: "2.1",
      seal: sealOf({ nonce: sealNonce, standard: "2.1", rating: "Good" }),
    },
  },
  OpenScore: {
    at: "sitting",
    before: sealAll,
    by: people.member,
    ask: { type: "OpenScore", standard: "3.1", rating: "Good", nonce: sealNonce },
  },
  ConsiderStandard: {
    at: "sitting",
    by: people.chair,
    ask: { type: "ConsiderStandard", standard: "3.1", present },
  },
  ExerciseDiscretion: {
    at: "sitting",
    before: considerSmall,
    by: people.chair,
    ask: { type: "ExerciseDiscretion", standard: "3.1", to: "Good", present, reason },
  },
  DeclineDiscretion: {
    at: "sitting",
    before: considerSmall,
    by: people.chair,
    ask: { type: "DeclineDiscretion", standard: "3.1", present, reason },
  },
  AdoptPublishedRating: {
    at: "sitting",
    story: reconstructedStory,
    before: considerSmall,
    by: people.chair,
    ask: { type: "AdoptPublishedRating", standard: "3.1", rating: "Good" },
  },
  CastVote: {
    at: "sitting",
    by: people.member,
    ask: { type: "CastVote", standard: "3.1", rating: "Good" },
  },
  RecordDissent: {
    at: "concluded",
    by: people.member,
    ask: { type: "RecordDissent", standard: "3.1", reason },
  },
  DecideDomainOne: {
    at: "sitting",
    by: people.chair,
    ask: { type: "DecideDomainOne", standard: "1.1", rating: "Outstanding", present, reason },
  },
  ConcludePanel: { at: "decided", by: people.chair, ask: { type: "ConcludePanel", present } },
  DecideOverall: {
    at: "concluded",
    story: courtOnlyStory,
    by: people.head,
    ask: { type: "DecideOverall", overall: "Good", reason },
  },
  ReconvenePanel: {
    at: "concluded",
    by: people.chair,
    ask: { type: "ReconvenePanel", standards: ["3.1"], reason },
  },
};
