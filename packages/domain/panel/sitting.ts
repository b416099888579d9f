/** Who sits, who is present, and how members' own scores and votes are taken. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import { judgedIn, standardsOf } from "../briefing/inspection.ts";
import { gradesOf, placeOf, type Rating, type Scale } from "../framework/scale.ts";
import { scaleNamed } from "../framework/standards.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { everyKeyOf } from "../kernel/every-key.ts";
import { stampOf } from "../kernel/fact.ts";
import type { Digest, PersonId } from "../kernel/ids.ts";
import type { PanelCommandOf, PanelRefusal } from "./commands.ts";
import {
  deliberationOn,
  isRecused,
  notOpen,
  type PanelAnswer,
  type PanelState,
  workedOn,
} from "./state.ts";

export const convene = (
  command: PanelCommandOf<"ConvenePanel">,
  state: PanelState,
): PanelAnswer => {
  const { chair, members } = command;
  const quorum = state.briefing.framework?.ruleset.panel.quorum ?? 1;
  const twice = members.find((member, i) => members.indexOf(member) !== i);
  if (twice) return refuse({ reason: "NamedTwice", person: twice });
  if (!members.includes(chair)) return refuse({ reason: "ChairNotAMember" });
  const people = members.filter((member) => workedOn(state, member));
  if (people.length > 0) return refuse({ reason: "WorkedOnTheInspection", people });
  if (members.length < quorum) {
    return refuse({ reason: "TooFewForQuorum", present: members.length, quorum });
  }
  return accept({ type: "PanelConvened", ...stampOf(command), chair, members, quorum });
};

export const recuse = (command: PanelCommandOf<"RecuseMember">, state: PanelState): PanelAnswer => {
  const { member, standards, reason, by } = command;
  const own = by.id === member || by.id === state.chair;
  if (!own) return refuse({ reason: "NotForAnother", member });
  if (!state.members.includes(member)) return refuse({ reason: "NotAMember", people: [member] });
  if (member === state.chair && standards.length === 0) return refuse({ reason: "ChairMustSit" });
  const strange = standards.find((code) => unknownStandard(state, code));
  if (strange !== undefined) return refuse({ reason: "UnknownStandard", standard: strange });
  return accept({
    type: "MemberRecused",
    ...stampOf(command),
    member,
    standards,
    text: { reason },
  });
};

export const handOver = (
  command: PanelCommandOf<"HandOverChair">,
  state: PanelState,
): PanelAnswer => {
  const { to, reason } = command;
  if (to === state.chair) return refuse({ reason: "AlreadyTheChair", person: to });
  if (!state.members.includes(to)) return refuse({ reason: "NotAMember", people: [to] });
  if (isRecused(state, to)) return refuse({ reason: "Recused", people: [to] });
  if (workedOn(state, to)) return refuse({ reason: "WorkedOnTheInspection", people: [to] });
  return accept({ type: "ChairHandedOver", ...stampOf(command), to, text: { reason } });
};

export const unknownStandard = ({ briefing }: PanelState, standard: string): boolean =>
  scaleIn(briefing, standard) === undefined;

/** The scale of a standard, or of a question that people grade, which this inspection rates. */
const scaleIn = (briefing: PanelState["briefing"], code: string): Scale | undefined => {
  const { framework } = briefing;
  const standard = standardsOf(briefing).find((each) => each.code === code);
  if (standard && framework) return scaleNamed(framework, standard.scale);
  return judgedIn(briefing).find((each) => each.code === code)?.scale;
};

/** Why this is no rating for it. */
export const unknownGrade = (
  scale: Scale | undefined,
  standard: string,
  rating: Rating,
): PanelRefusal | undefined =>
  scale && placeOf(scale, rating) < 0
    ? { reason: "UnknownGrade", standard, rating, grades: gradesOf(scale) }
    : undefined;

/** Why these people cannot decide this standard (or conclude, without one). */
export const unfit = (
  state: PanelState,
  present: readonly PersonId[],
  standard?: string,
): PanelRefusal | undefined => {
  const twice = present.find((member, i) => present.indexOf(member) !== i);
  if (twice) return { reason: "NamedTwice", person: twice };
  const strangers = present.filter((member) => !state.members.includes(member));
  if (strangers.length > 0) return { reason: "NotAMember", people: strangers };
  const recused = present.filter((member) => isRecused(state, member, standard));
  if (recused.length > 0) return { reason: "Recused", people: recused };
  const people = present.filter((member) => workedOn(state, member));
  if (people.length > 0) return { reason: "WorkedOnTheInspection", people };
  const quorum = state.briefing.framework?.ruleset.panel.quorum ?? 1;
  return present.length < quorum
    ? { reason: "TooFewForQuorum", present: present.length, quorum }
    : undefined;
};

/** Why a member has no say on this standard now. */
export const silenced = (
  state: PanelState,
  member: PersonId,
  standard: string,
): PanelRefusal | undefined => {
  if (unknownStandard(state, standard)) return { reason: "UnknownStandard", standard };
  if (isRecused(state, member, standard)) return { reason: "Recused", people: [member] };
  return notOpen(state, standard);
};

/** What somebody says who opens a score: all of it is sealed, in this order. */
type Score = Omit<PanelCommandOf<"OpenScore">, "type" | "at" | "by" | "inspection">;
const sealed = everyKeyOf<Score>()(["nonce", "standard", "rating"]);

/** How a score is sealed: SHA-256 of `nonce:standard:rating`, UTF-8, hexadecimal. */
export const sealOf = (score: Score): Digest =>
  bytesToHex(sha256(utf8ToBytes(sealed.map((name) => score[name]).join(":")))) as Digest;

export const seal = (command: PanelCommandOf<"SealScore">, state: PanelState): PanelAnswer => {
  const { standard, by } = command;
  const { scores } = deliberationOn(state, standard);
  // Seals are on record before they are opened: a copied one would be opened like the other.
  if ([...scores.values()].some((score) => score.seal === command.seal))
    return refuse({ reason: "SealOfAnother", standard });
  return accept({
    type: "ScoreSealed",
    ...stampOf(command),
    standard,
    member: by.id,
    seal: command.seal,
  });
};

/** Scores are opened together: nobody opens before everyone who may decide has sealed. */
export const openScore = (command: PanelCommandOf<"OpenScore">, state: PanelState): PanelAnswer => {
  const { standard, rating, nonce, by } = command;
  const own = deliberationOn(state, standard).scores.get(by.id);
  const problem = unknownGrade(scaleIn(state.briefing, standard), standard, rating);
  if (problem) return refuse(problem);
  if (sealOf(command) !== own?.seal) return refuse({ reason: "SealDoesNotMatch" });
  return accept({
    type: "ScoreOpened",
    ...stampOf(command),
    standard,
    member: by.id,
    rating,
    nonce,
  });
};

export const vote = (command: PanelCommandOf<"CastVote">, state: PanelState): PanelAnswer => {
  const { standard, rating, by } = command;
  const stopped = unknownGrade(scaleIn(state.briefing, standard), standard, rating);
  if (stopped) return refuse(stopped);
  return accept({ type: "VoteCast", ...stampOf(command), standard, member: by.id, rating });
};

export const dissent = (command: PanelCommandOf<"RecordDissent">): PanelAnswer => {
  const { standard, reason, by } = command;
  return accept({
    type: "DissentRecorded",
    ...stampOf(command),
    standard,
    member: by.id,
    text: { reason },
  });
};

/**
 * The rating that the votes call for: the one with most of them; between equals the chair's own
 * vote decides where the ruleset gives a casting vote. Undefined: no vote, or still equal.
 */
export const voted = (state: PanelState, standard: string): Rating | undefined => {
  const cast = deliberationOn(state, standard).votes;
  const votes = new Map([...cast].filter(([member]) => !isRecused(state, member, standard)));
  const tally = new Map<Rating, number>();
  for (const rating of votes.values()) tally.set(rating, (tally.get(rating) ?? 0) + 1);
  const most = Math.max(0, ...tally.values());
  const leading = [...tally].filter(([, count]) => count === most).map(([rating]) => rating);
  if (leading.length === 1) return leading[0];
  const casting = state.briefing.framework?.ruleset.panel.castingVote === "chair";
  const chairs = state.chair && votes.get(state.chair);
  return casting && chairs && leading.includes(chairs) ? chairs : undefined;
};
