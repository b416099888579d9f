/** What a report has besides its texts: points that are counted, tables of figures, its imprint. */
import { standardsOf } from "../briefing/inspection.ts";
import { questionsIn } from "../framework/standards.ts";
import { accept, refuse } from "../kernel/decider.ts";
import { stampOf } from "../kernel/fact.ts";
import type { PublicationCommandOf } from "./commands.ts";
import type { PublicationAnswer, PublicationState } from "./state.ts";

/** About a standard that is rated here, or one of its key questions. */
export const makePoint = (
  command: PublicationCommandOf<"MakePoint">,
  { briefing }: PublicationState,
): PublicationAnswer => {
  const { point, kind, about, wording } = command;
  const known = standardsOf(briefing).flatMap((standard) => [
    standard.code,
    ...questionsIn(standard).map(({ code }) => code),
  ]);
  if (!known.includes(about)) return refuse({ reason: "UnknownStandard", standard: about });
  return accept({
    type: "PointMade",
    ...stampOf(command),
    point,
    kind,
    about,
    text: { wording },
  });
};

export const withdrawPoint = (
  command: PublicationCommandOf<"WithdrawPoint">,
  { points }: PublicationState,
): PublicationAnswer => {
  const { point, reason } = command;
  if (!points.has(point)) return refuse({ reason: "UnknownPoint", point });
  return accept({ type: "PointWithdrawn", ...stampOf(command), point, text: { reason } });
};

export const recordTable = (
  command: PublicationCommandOf<"RecordFigureTable">,
): PublicationAnswer => {
  const { table, label, unit, source, asOf, rows } = command;
  const stamp = stampOf(command);
  return accept({ type: "FigureTableRecorded", ...stamp, table, label, unit, source, asOf, rows });
};

export const setImprint = (command: PublicationCommandOf<"SetImprint">): PublicationAnswer => {
  const { isbn, ledBy, signedBy, contact } = command;
  const text = { ledBy, signedBy, contact };
  return accept({ type: "ImprintSet", ...stampOf(command), isbn, text });
};
