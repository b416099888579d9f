/**
 * A copy that goes to somebody before the public reads the report: as it was when the copy was
 * released, and with a mark on every page that says until when it is held back and whose it is.
 */
import { words } from "@assay/domain/kernel/fact.ts";
import { dayInWords, momentInWords } from "@assay/domain/kernel/wording.ts";
import type { LetterCalled } from "@assay/domain/reminders/events.ts";
import { toldBy } from "@assay/domain/reminders/letters.ts";

import { type ReportModel, reportModelOf } from "./model.ts";
import type { Fact, Recorded } from "./recorded.ts";

const closing = "It is not to be published, quoted or passed on.";

/** From all that was recorded, in the store's order; undefined where the letter brings no copy. */
export const copyFor = (
  { about, to, key }: LetterCalled,
  recorded: readonly Recorded[],
): ReportModel | undefined => {
  const released = releasedBy[about];
  const end = recorded.findIndex(
    ({ event }) => event.type === released && event.at === toldBy(key),
  );
  if (!released || end < 0) return undefined;
  const until = recorded.slice(0, end + 1);
  const facts = until.map(({ event }) => event);
  if (about === "draft") {
    const model = reportModelOf(until, "draft");
    return { ...model, mark: draftMark(facts, model.service.name) };
  }
  return { ...reportModelOf(until, "embargoed"), mark: copyMark(facts, to.place ?? 1) };
};

/** The fact by which copies are released. */
const releasedBy: Readonly<Partial<Record<LetterCalled["about"], Fact["type"]>>> = {
  draft: "DraftSent",
  copy: "EmbargoedCopiesSent",
};

const draftMark = (facts: readonly Fact[], service: string): string => {
  const due = facts.findLast((event) => event.type === "DraftSent")?.due;
  const until = due ? `, to be returned by ${dayInWords(due)}` : "";
  return `Draft for checking of facts${until}. Copy for ${service}. ${closing}`;
};

/** On the embargo as it then was; a name that was erased stands as its body alone. */
const copyMark = (facts: readonly Fact[], place: number): string => {
  const { recipients } = facts.findLast((event) => event.type === "EmbargoSet")!;
  const { publishAt } = facts.findLast(
    (event) => event.type === "EmbargoChanged" || event.type === "EmbargoSet",
  )!;
  const { body, text } = recipients[place - 1]!;
  const name = words(text)?.name;
  const whose = name === undefined ? body : `${name}, ${body}`;
  const number = `${place} of ${recipients.length}`;
  return `Under embargo until ${momentInWords(publishAt)}. Copy ${number}, for ${whose}. ${closing}`;
};
