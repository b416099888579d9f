/**
 * The letters of an inspection: who was written to about what, whether it reached them, and each
 * letter with its copy to hand over oneself. Whoever has a link in one gets that one copy by it.
 */
import { createHash } from "node:crypto";

import type { LetterCalled } from "@assay/domain/reminders/events.ts";
import { type LetterTold, lettersSent } from "@assay/domain/reminders/letters.ts";
import { recipientOf, writtenLetter } from "@assay/domain/reminders/message.ts";
import { momentInWords } from "@assay/domain/kernel/wording.ts";
import { copyFor } from "@assay/report/copy.ts";
import { slugOf } from "@assay/report/document/prose.ts";

import { revoking, sendingAgain } from "../forms/letters.ts";
import type { Answer } from "../http/answer.ts";
import { recordedIn } from "../reading/derived.ts";
import type { Held } from "../reading/held.ts";
import { isStaff, mayRead } from "../reading/viewer.ts";
import { letterNames } from "../wording/names.ts";
import { pdfOf } from "./draft.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound, type Visit } from "./page.ts";

export const lettersPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "letters");
  const told = await lettersFor(visit);
  return visit.render({
    view: "letters",
    title: `Letters – ${framed.head.service}`,
    model: {
      ...framed,
      letters: told.toReversed().map((letter) => ({
        ...letter,
        what: letterNames[letter.about],
        to: [letter.name, letter.whose].filter(Boolean).join(", "),
      })),
    },
    forms: {
      about: { held, now: visit.now },
      at: Object.fromEntries(
        told.map(({ letter, standing, holds }) => [
          `about-${letter}`,
          [
            ...(standing === "open" ? [revoking(letter)] : []),
            ...(holds ? [sendingAgain(letter)] : []),
          ],
        ]),
      ),
    },
  });
};

/** Those that the viewer may see, the newest last; `name` and `whose` of whom each is for. */
export const lettersFor = async (visit: Visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const { letters, facts } = await sentIn(visit, held);
  const offices = held.panel.briefing.framework?.letter.offices ?? [];
  return letters
    .filter((letter) => isFor(visit, held, letter))
    .map((letter) => {
      const named = recipientOf(letter, facts);
      const office = offices.find(({ id }) => id === letter.to.office)?.label;
      const hasCopy = letter.about === "draft" || letter.about === "copy";
      return { ...letter, name: named?.name, whose: office ?? named?.body, hasCopy };
    });
};

/** A letter as text, to be handed over where no mail is set up. */
export const letterText: Handle = async (visit) => {
  const { held, letter, facts } = await letterIn(visit);
  const { text } = writtenLetter(held.inspection, letter, facts, {
    ...{ url: undefined, site: undefined, contact: undefined, addressee: undefined },
    ...{ copy: "enclosed", now: visit.now },
  });
  const headers = {
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": `attachment; filename="letter-${letter.letter.slice(0, 8)}.txt"`,
    "cache-control": "private, no-store",
  };
  return { status: 200, headers, body: text };
};

/** The copy that goes with a letter. */
export const letterCopy: Handle = async (visit) => {
  const { held, letter } = await letterIn(visit);
  return copyIn(visit, held, letter);
};

/** What a link leads to, for whoever has it: one file, until it ends, and each use is noted. */
export const linkedCopy: Handle = async (visit) => {
  const { library, parts } = visit;
  const held = await library.one(parts["inspection"] ?? "");
  if (!held) throw new NotFound();
  const digest = createHash("sha256")
    .update(parts["token"] ?? "")
    .digest("hex");
  const { letters } = await sentIn(visit, held);
  const letter = letters.find(({ link }) => link?.digest === digest);
  if (!letter?.standing || !letter.link) {
    visit.note({ act: "denied", what: "a link that leads nowhere" });
    throw new NotFound();
  }
  const what = `the copy of letter ${letter.letter}`;
  if (letter.standing !== "open") {
    visit.note({ act: "denied", what: `${what}: ${letter.standing}` });
    const lines = [endings[letter.standing](momentInWords(letter.link.until)), whomToAsk];
    return visit.render({
      ...{ view: "error", title: "This link has ended", status: 410 },
      model: { lines },
    });
  }
  visit.note({ act: "looked", what });
  return copyIn(visit, held, letter);
};

const whomToAsk = "Ask whoever sent you the letter.";

const endings = {
  over: (until: string) => `It led to a copy until ${until}.`,
  revoked: () => "Whoever sent it to you has revoked it.",
  replaced: () => "What it led to has changed, and newer copies take its place.",
} as const;

const sentIn = async ({ library, now }: Visit, held: Held) => {
  const events = await library.events(held);
  const facts = recordedIn(events).map(({ event }) => event);
  return { letters: lettersSent(facts, now), facts };
};

/** Copies and what is said of them are for those who may read the report. */
const isFor = ({ viewer }: Visit, held: Held, { about }: LetterCalled): boolean =>
  mayRead(viewer, about === "draft" || about === "copy" ? "report" : "inspection", held);

const letterIn = async (visit: Visit) => {
  const held = await inspectionIn(visit);
  const { letters, facts } = await sentIn(visit, held);
  const letter = letters.find((each) => each.letter === visit.parts["letter"]);
  if (!isStaff(visit.viewer) || !letter || !isFor(visit, held, letter)) throw new NotFound();
  return { held, letter, facts };
};

const copyIn = async (visit: Visit, held: Held, letter: LetterTold): Promise<Answer> => {
  const model = copyFor(letter, recordedIn(await visit.library.events(held)));
  if (!model) throw new NotFound();
  const whose = letter.to.place === undefined ? "" : `-${letter.to.place}`;
  return pdfOf(visit, model, `${letter.about}${whose}-${slugOf(model.service.name)}.pdf`);
};
