/** A form that was sent and not accepted: what was typed, and what is wrong at which field. */
import { flattened, issueInWords, labelFor } from "@assay/host/issue-words.ts";
import type { z } from "zod";

import type { Form as Sent } from "../http/asked.ts";
import { fieldOfRefusal } from "../wording/refusal-fields.ts";
import { refusalInWords } from "../wording/refusals.ts";
import type { Refusal } from "../wording/refusals-beyond.ts";
import { askedBy, fieldsOf, type Form, idOf, type Named } from "./form.ts";

/** Something wrong, in words already or still as the schema or the step said it. */
export type Trouble =
  | { readonly text: string; readonly field?: string }
  | { readonly error: z.core.$ZodError }
  | { readonly refusal: Refusal };

export type Attempt = {
  readonly form: string;
  readonly typed: Sent;
  readonly troubles: readonly Trouble[];
  /** Follows the form's command id once its writer was warned. */
  readonly mark?: string;
  /** Somebody else recorded something since the form was opened. */
  readonly changed?: boolean;
  /** Holds back a reason until its writer says that it stands. */
  readonly doubted?: boolean;
};

/** In words, with the field and the link to it; one for each field. */
type Failure = { readonly text: string; readonly href?: string; readonly field?: string };

export const failuresIn = (attempt: Attempt, form: Form | undefined): readonly Failure[] => {
  const fields = form ? fieldsOf(form) : [];
  const link = (field: Named | undefined, text: string): Failure => {
    if (!form) return { text };
    const href = field ? `#${placeOf(form, field)}` : `#form-${idOf(form)}`;
    return { text, href, ...(field && { field: field.name }) };
  };
  return attempt.troubles.flatMap((trouble): readonly Failure[] => {
    if ("refusal" in trouble) {
      const name = fieldOfRefusal(
        trouble.refusal,
        fields.map((each) => each.name),
        attempt.typed,
      );
      return [
        link(
          fields.find((each) => each.name === name),
          refusalInWords(trouble.refusal),
        ),
      ];
    }
    if ("text" in trouble)
      return [
        link(
          fields.find(({ name }) => name === trouble.field),
          trouble.text,
        ),
      ];
    const said = flattened(trouble.error.issues).map((issue) => {
      const named = nearest(fields, issue.path.map(String).join("."));
      const asked = named ? askedBy(named.field) : { label: labelFor(issue.path) };
      return link(named, issueInWords(issue, asked));
    });
    return [
      ...new Map(said.toReversed().map((each) => [each.field ?? each.text, each])).values(),
    ].toReversed();
  });
};

/** The field itself, the one that holds the value, or the last of those that make it up. */
const nearest = (fields: readonly Named[], path: string): Named | undefined =>
  fields.find(({ name }) => name === path) ??
  fields.find(({ name }) => path.startsWith(`${name}.`)) ??
  fields.findLast(({ name }) => name.startsWith(`${path}.`));

const placeOf = (form: Form, { name, field }: Named): string => {
  const id = `${idOf(form)}-${name.replaceAll(".", "-")}`;
  return field.kind === "date" || field.kind === "moment" ? `${id}-day` : id;
};
