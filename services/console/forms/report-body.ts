/** What a report has besides its texts: points, tables of figures, who led and signed. */
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import { questionsIn } from "@assay/domain/framework/standards.ts";
import type { ItemId } from "@assay/domain/kernel/ids.ts";
import type { Written } from "@assay/report/written.ts";

import type { Held } from "../reading/held.ts";
import { area, brief, form, type Form, newName, radios, reason, select, text } from "./form.ts";

type Body = Pick<Written, "points" | "imprint">;

export const bodyForms = (held: Held, body: Body): readonly (Form | false)[] => [
  ...pointForms(held, body),
  ...particularForms(held, body),
];

const pointForms = (
  { publication: { briefing } }: Held,
  { points }: Body,
): readonly (Form | false)[] => [
  form({
    type: "MakePoint",
    title: "Name a strength or an area for improvement",
    about: "Each is printed with its domain and counted with those of other inspections.",
    button: "Record the point",
    says: {
      point: newName("point"),
      kind: radios("What it is", [
        { value: "strength", text: "A strength" },
        { value: "improvement", text: "An area for improvement" },
      ]),
      about: select(
        "What it is about",
        standardsOf(briefing).flatMap((standard) =>
          [standard, ...questionsIn(standard)].map(({ code, label }) => ({
            value: code,
            text: `${code} ${label}`,
          })),
        ),
      ),
      wording: area("In a sentence", { rows: 3 }),
    },
  }),
  points.length > 0 &&
    form({
      type: "WithdrawPoint",
      title: "Withdraw a strength or an area for improvement",
      button: "Withdraw the point",
      says: {
        point: select(
          "Which one",
          points.map(({ point, about, typed }) => ({
            value: point as ItemId,
            text: `${about}: ${brief(typed)}`,
          })),
        ),
        reason: reason(),
      },
    }),
];

const particularForms = (
  { publication: { briefing } }: Held,
  { imprint }: Body,
): readonly Form[] => [
  form({
    type: "RecordFigureTable",
    title: "Record a table of figures",
    about:
      "Such as caseload, staff or a survey, beside the national figures. The same short name again replaces the table.",
    button: "Record the table",
    says: {
      table: text("Short name", {
        hint: hintOf(briefing.framework?.report.tables ?? []),
        width: 20,
      }),
      label: text("As it is printed", { missing: "Enter the table’s name as it is printed" }),
      unit: text("Unit", { width: 10 }),
      source: text("Source"),
      asOf: text("As of which day or year", {
        missing: "Enter the day or the year of the figures",
        width: 10,
      }),
      rows: area("Rows", {
        hint:
          "Paste from a spreadsheet, or write on each line what it is, the figure and the national " +
          "figure, with commas between them.",
        rows: 8,
      }),
    },
  }),
  form({
    type: "SetImprint",
    title: "Say who led, who signed and whom to ask",
    about: "These stand at the end of the report.",
    button: "Record the particulars",
    says: {
      ledBy: text("Led by", { value: imprint?.ledBy ?? "" }),
      signedBy: text("Signed off by", { value: imprint?.signedBy ?? "" }),
      contact: text("Contact", { value: imprint?.contact ?? "" }),
      isbn: text("ISBN", { value: imprint?.isbn ?? "", width: 20 }),
    },
  }),
];

type Tables = readonly {
  readonly id: string;
  readonly label: string;
  readonly rows: readonly string[];
}[];

const hintOf = (tables: Tables): string => {
  if (tables.length === 0) return "Small letters and hyphens, such as staff";
  const named = tables.map(({ id, label, rows }) => `${id} (${label}: ${rows.join(", ")})`);
  return `The framework has ${named.join("; ")}`;
};
