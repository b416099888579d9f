/** The API on letters: those that announced an inspection, and all that went out. */
import { isInspectionEvent, Recipient } from "@assay/domain/announcement/events.ts";
import { Digest } from "@assay/domain/kernel/ids.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { LetterCalled, ReminderFailed } from "@assay/domain/reminders/events.ts";
import { lettersTold } from "@assay/domain/tracking/announcement.ts";
import { z } from "zod";

import { letterCopy, lettersFor, letterText } from "../pages/letters.ts";
import { inspectionIn } from "../pages/page.ts";
import { factOf } from "../reading/held.ts";
import { arrayOf, text, yesOrNo } from "./answers.ts";
import { type Endpoint, gives, reads } from "./endpoint.ts";

export const PostOutcome = z.enum([
  "under-way",
  "log",
  "mail",
  ...ReminderFailed.shape.why.options,
]);

const Letter = z.strictObject({
  office: Recipient.shape.office,
  name: text.nullable().describe("Whom it is to; null once it was erased."),
  template: text,
  digest: Digest.nullable(),
  matches: yesOrNo.describe("It still says what was recorded."),
  text,
});

const SentLetter = LetterCalled.pick({ letter: true, about: true, at: true, to: true }).extend({
  name: text.nullable().describe("Of whom it is for, where somebody is named."),
  whose: text.nullable().describe("Their office or body; null for the service itself."),
  outcome: PostOutcome,
  link: z
    .strictObject({ standing: z.enum(["open", "over", "revoked", "replaced"]), until: Instant })
    .nullable()
    .describe("To the copy that goes with it; null where it has none."),
  hasCopy: yesOrNo,
  holds: yesOrNo.describe("SendLetterAgain may send it again, with a new link."),
});

const base = "/inspections/:inspection";

export const ofLetters: readonly Endpoint[] = [
  reads(
    `${base}/letters`,
    {
      summary: "The letters that announced it",
      answer: z.strictObject({ letters: arrayOf(Letter) }),
    },
    async (visit) => {
      const held = await inspectionIn(visit);
      const facts = (await visit.library.events(held)).map(factOf);
      return { letters: lettersTold(facts.filter(isInspectionEvent)) };
    },
  ),
  reads(
    `${base}/letters/sent`,
    {
      summary: "Every letter that went out, with what became of it and of its link",
      answer: z.strictObject({ letters: arrayOf(SentLetter) }),
    },
    async (visit) => ({
      letters: (await lettersFor(visit)).map((each) => ({
        ...{ letter: each.letter, about: each.about, at: each.at, to: each.to },
        ...{ name: each.name ?? null, whose: each.whose ?? null, outcome: each.outcome },
        link: each.standing ? { standing: each.standing, until: each.link!.until } : null,
        ...{ hasCopy: each.hasCopy, holds: each.holds },
      })),
    }),
  ),
  gives(`${base}/letters/sent/:letter`, "A letter as text, to hand over", letterText),
  gives(`${base}/letters/sent/:letter/copy`, "The copy that goes with a letter, PDF", letterCopy),
];
