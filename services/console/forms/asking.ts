/**
 * A form that asks for a page, as data: what it holds goes into the address, and nothing is
 * recorded. Its fields are those of every other form.
 */
import { type Field, text } from "./form.ts";
import { fieldShown } from "./shown.ts";

type Asking = {
  /** Heads the ids of its fields, where a page has several such forms. */
  readonly id: string;
  readonly button: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** What the address holds already. */
  readonly carried?: readonly (readonly [name: string, value: string])[];
};

/** As `askingOf` in `views/forms.njk` shows it. */
export const askingShown = ({ id, button, fields, carried = [] }: Asking) => ({
  button,
  carried,
  fields: Object.entries(fields).map(([name, field]) => fieldShown(id, { name, field })),
});

/** Words to look for; `carried` as above. */
export const searching = (label: string, value: string, more: Partial<Omit<Asking, "id">> = {}) =>
  askingShown({
    id: "search",
    button: "Search",
    ...more,
    fields: { q: text(label, { value }), ...more.fields },
  });
