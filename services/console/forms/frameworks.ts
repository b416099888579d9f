/** The forms about frameworks, and the choice of one. */
import { type Versions, versionOn } from "@assay/domain/framework/versions.ts";
import type { Day } from "@assay/domain/kernel/instants.ts";
import { weeksInWords } from "@assay/domain/planning/words.ts";

import { area, file, form, type Form, select, unasked } from "./form.ts";

/** The document's id and digest are the file's. */
export const adopting: Form = form({
  type: "AdoptFramework",
  title: "Adopt a framework",
  about:
    "Its document is checked whole, and nothing is recorded while anything in it does not fit. " +
    "Once adopted it is never replaced: what is to be otherwise gets an id of its own.",
  button: "Adopt the framework",
  first: true,
  also: { name: "_preview", text: "Check it and show what it holds" },
  says: { framework: unasked, digest: unasked, document: file("The document, JSON") },
});

export const withdrawing: Form = form({
  type: "WithdrawFramework",
  title: "Withdraw the framework",
  about: "No more inspections are scheduled or announced under it. Those announced go on.",
  button: "Withdraw the framework",
  grave: true,
  says: { reason: area("Reason") },
});

type Planned = { readonly framework?: string | undefined; readonly kind?: string | undefined };

/**
 * Frameworks with their kinds of inspection. Chosen from the start is what was planned, else the
 * usual kind of the framework in force on the day.
 */
export const kindChoice = (offered: Versions, on: Day, planned: Planned = {}) => {
  const inForce = versionOn(on, offered) ?? offered.at(-1)?.framework;
  const of =
    offered.find(({ framework: { id } }) => id === planned.framework)?.framework ?? inForce;
  return select(
    "Framework and kind of inspection",
    offered.flatMap(({ framework: { id, label, kinds } }) =>
      kinds.map((kind) => ({
        value: `${id}/${kind.id}`,
        text: `${label}: ${kind.label} (${weeksInWords(kind.fieldworkWeeks)} of fieldwork)`,
      })),
    ),
    { value: of ? `${of.id}/${planned.kind ?? of.kinds[0]!.id}` : "" },
  );
};

/** What was chosen, as the command has it. */
export const kindChosen = (value: string): Planned => {
  const [framework = "", kind] = value.split("/");
  return { framework, ...(kind !== undefined && { kind }) };
};
