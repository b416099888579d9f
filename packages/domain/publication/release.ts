/** From the signature to the public: sign-off, embargo, the publication itself, corrections. */
import { pinned } from "../briefing/inspection.ts";
import type { Framework } from "../framework/document.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import { dayInEngland, inEngland, type Instant, isPlausible } from "../kernel/instants.ts";
import type { Basis } from "../kernel/step.ts";
import { addWorkingDays } from "../kernel/working-days.ts";
import type { PublicationCommandOf, PublicationRefusal } from "./commands.ts";
import type { PublicationAnswer, PublicationState } from "./state.ts";

export const signOff = (
  command: PublicationCommandOf<"SignOffReport">,
  state: PublicationState,
): PublicationAnswer => {
  const { conclusion } = state.ratings;
  return accept({ type: "ReportSignedOff", ...stampOf(command), conclusion });
};

export const withdrawSignOff = (
  command: PublicationCommandOf<"WithdrawSignOff">,
): PublicationAnswer => {
  const text = { reason: command.reason };
  return accept({ type: "SignOffWithdrawn", ...stampOf(command), text });
};

export const setEmbargo = (
  command: PublicationCommandOf<"SetEmbargo">,
  state: PublicationState,
): PublicationAnswer => {
  const { publishAt, recipients } = command;
  if (publishAt <= command.at) return refuse({ reason: "PublicationInThePast", publishAt });
  const odd = implausible(command);
  if (odd) return refuse(odd);
  return accept({
    type: "EmbargoSet",
    ...stampOf(command),
    publishAt,
    copiesFrom: copiesBefore(publishAt, pinned(state.briefing)),
    recipients: recipientsOf(recipients),
  });
};

const implausible = ({
  publishAt,
  at,
}: PublicationCommandOf<"SetEmbargo" | "ChangeEmbargo">): PublicationRefusal | undefined => {
  const day = dayInEngland(publishAt);
  return isPlausible(day, at) ? undefined : { reason: "DayNotPlausible", day };
};

export const recipientsOf = (recipients: PublicationCommandOf<"SetEmbargo">["recipients"]) =>
  recipients.map(({ body, name }) => ({ body, text: { name } }));

/** The moments that the chart guarantees under embargo. */
export const heldBackIn = ({ publishAt, copiesFrom }: PublicationState) => {
  if (!publishAt || !copiesFrom) throw new TypeError("no embargo was set");
  return { publishAt, copiesFrom };
};

/** Copies go out so many working days before, at the ruleset's usual time of publication. */
const copiesBefore = (publishAt: Instant, { ruleset }: Framework): Instant => {
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
  if (state.publishAt === publishAt) return refuse({ reason: "SameMoment", publishAt });
  if (publishAt < command.at) return refuse({ reason: "PublicationInThePast", publishAt });
  const odd = implausible(command);
  if (odd) return refuse(odd);
  return accept({
    type: "EmbargoChanged",
    ...stampOf(command),
    publishAt,
    copiesFrom: copiesBefore(publishAt, pinned(state.briefing)),
    text: { reason },
  });
};

export const sendCopies = (
  command: PublicationCommandOf<"SendEmbargoedCopies">,
  state: PublicationState,
): PublicationAnswer => {
  const { recipients } = state;
  return accept({ type: "EmbargoedCopiesSent", ...stampOf(command), recipients });
};

/** Late rather than early, once, and only on the ratings that were signed. */
export const publish = (
  command: PublicationCommandOf<"PublishReport">,
  state: PublicationState,
  basis: Basis,
): PublicationAnswer => {
  const { ratings } = state;
  const { publishAt } = heldBackIn(state);
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
  return accept({
    type: "CorrectionIssued",
    ...stampOf(command),
    version: state.version + 1,
    conclusion,
    basis,
    text: { what, why },
  });
};

/** Whether the newest version says all that was written and rated. */
export const isUnchanged = (state: PublicationState): boolean =>
  state.writings === state.publishedWritings &&
  state.ratings.conclusion === state.publishedConclusion;
