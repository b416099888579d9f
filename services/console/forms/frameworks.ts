/** The forms about frameworks, and the choice of one. */
import { type Versions, versionOn } from "@assay/domain/framework/versions.ts";
import type { Day } from "@assay/domain/kernel/instants.ts";

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

/** Those that may be chosen; the one in force on the day is chosen from the start. */
export const frameworkChoice = (offered: Versions, on: Day) =>
  select(
    "Framework",
    offered.map(({ framework: { id, label } }) => ({ value: id, text: label })),
    { value: (versionOn(on, offered) ?? offered.at(-1)?.framework)?.id ?? "" },
  );
