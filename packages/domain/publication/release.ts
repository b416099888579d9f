/** From the signature to the public: sign-off, embargo, the publication itself, corrections. */
import type { FrameworkVersion } from "../framework/version.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import { dayInEngland, inEngland, type Instant } from "../kernel/instants.ts";
import type { Basis } from "../kernel/step.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import type { PublicationCommandOf } from "./commands.ts";
import { type PublicationAnswer, type PublicationState, ratingsOpen, wrongPhase } from "./state.ts";
import { incomplete } from "./writing.ts";

export const signOff = (
  command: PublicationCommandOf<"SignOffReport">,
  state: PublicationState,
): PublicationAnswer => {
  const { conclusion } = state.ratings;
  if (state.signedConclusion === conclusion) return accept();
  if (!state.phase.matches("settled")) return wrongPhase(state);
  const stopped = ratingsOpen(state) ?? incomplete(state);
  if (stopped) return refuse(stopped);
  return accept({ type: "ReportSignedOff", ...stampOf(command), conclusion });
};

const isSigned = ({ phase }: PublicationState): boolean =>
  phase.matches("signed") || phase.matches("embargoed");

export const withdrawSignOff = (
  command: PublicationCommandOf<"WithdrawSignOff">,
  state: PublicationState,
): PublicationAnswer => {
  if (state.phase.matches("settled")) return accept();
  if (!isSigned(state)) return wrongPhase(state);
  const text = { reason: command.reason };
  return accept({ type: "SignOffWithdrawn", ...stampOf(command), text });
};

export const setEmbargo = (
  command: PublicationCommandOf<"SetEmbargo">,
  state: PublicationState,
): PublicationAnswer => {
  const { publishAt, recipients } = command;
  const { framework } = state.briefing;
  if (state.publishAt === publishAt) return accept();
  if (!state.phase.matches("signed") || !framework) return wrongPhase(state);
  if (publishAt <= command.at) return refuse({ reason: "PublicationInThePast", publishAt });
  return accept({
    type: "EmbargoSet",
    ...stampOf(command),
    publishAt,
    copiesFrom: copiesBefore(publishAt, framework),
    recipients: recipients.map(({ body, name }) => ({ body, text: { name } })),
  });
};

/** Copies go out so many working days before, at the ruleset's usual time of publication. */
const copiesBefore = (publishAt: Instant, { ruleset }: FrameworkVersion): Instant => {
  const { timetable, report } = ruleset;
  const day = addWorkingDays(dayInEngland(publishAt), timetable.embargo.workingDays);
  return inEngland(day, report.publicationTime);
};

/** Lifted, when the new moment is now; never back into the past. */
export const changeEmbargo = (
  command: PublicationCommandOf<"ChangeEmbargo">,
  state: PublicationState,
): PublicationAnswer => {
  const { publishAt, reason } = command;
  if (state.publishAt === publishAt) return accept();
  const { framework } = state.briefing;
  if (!state.phase.matches("embargoed") || !framework) return wrongPhase(state);
  if (publishAt < command.at) return refuse({ reason: "PublicationInThePast", publishAt });
  return accept({
    type: "EmbargoChanged",
    ...stampOf(command),
    publishAt,
    copiesFrom: copiesBefore(publishAt, framework),
    text: { reason },
  });
};

export const sendCopies = (
  command: PublicationCommandOf<"SendEmbargoedCopies">,
  state: PublicationState,
): PublicationAnswer => {
  const { copiesFrom, copiesSent, recipients } = state;
  if (copiesSent) return accept();
  if (!state.phase.matches("embargoed") || !copiesFrom) return wrongPhase(state);
  if (command.at < copiesFrom) return refuse({ reason: "TooSoonForCopies", copiesFrom });
  return accept({ type: "EmbargoedCopiesSent", ...stampOf(command), recipients });
};

/** Late rather than early, once, and only on the ratings that were signed. */
export const publish = (
  command: PublicationCommandOf<"PublishReport">,
  state: PublicationState,
  basis: Basis,
): PublicationAnswer => {
  const { publishAt, ratings, signedConclusion } = state;
  if (state.version > 0) return accept();
  if (!state.phase.matches("embargoed") || !publishAt) return wrongPhase(state);
  if (command.at < publishAt) return refuse({ reason: "NotYetDue", due: publishAt });
  const stopped = ratingsOpen(state);
  if (stopped) return refuse(stopped);
  if (signedConclusion !== ratings.conclusion) return refuse({ reason: "SignedOnOtherRatings" });
  return accept({
    type: "ReportPublished",
    ...stampOf(command),
    version: 1,
    conclusion: ratings.conclusion,
    publishAt,
    basis,
  });
};

/** A new version beside the old one. Something must have been written or rated anew since. */
export const correct = (
  command: PublicationCommandOf<"IssueCorrection">,
  state: PublicationState,
  basis: Basis,
): PublicationAnswer => {
  const { what, why } = command;
  const { conclusion } = state.ratings;
  if (state.version === 0) return wrongPhase(state);
  const unchanged =
    state.writings === state.publishedWritings && conclusion === state.publishedConclusion;
  if (unchanged) return refuse({ reason: "NothingChanged" });
  const stopped = ratingsOpen(state) ?? incomplete(state);
  if (stopped) return refuse(stopped);
  const version = state.version + 1;
  const fact = {
    type: "CorrectionIssued",
    ...stampOf(command),
    version,
    conclusion,
    basis,
    text: { what, why },
  } as const;
  return state.phase.can(fact) ? accept(fact) : wrongPhase(state);
};
