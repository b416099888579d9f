/**
 * Whether what a form shows as recorded is still so when it is sent: a form carries the digest of
 * what its fields held when it was opened, and two people at one form are told of each other.
 */
import { createHash } from "node:crypto";

import { Day } from "@assay/domain/kernel/instants.ts";

import { dateInWords } from "../wording/dates.ts";
import type { Form as Sent } from "../http/asked.ts";
import { type Field, fieldsOf, type Form, type Named } from "./form.ts";

/** What somebody typed, as far as a form shows it again. */
export type Typed = Pick<Sent, "value" | "values">;

/** Fields that show what is recorded. */
const recorded = (form: Form): readonly (Named & { readonly field: Field & { value: string } })[] =>
  fieldsOf(form).flatMap(({ name, field }) =>
    field.value === undefined ? [] : [{ name, field: { ...field, value: field.value } }],
  );

/** Empty for a form that shows nothing recorded. */
export const seenIn = (form: Form): string => {
  const values = recorded(form).map(({ name, field }) => [name, field.value]);
  if (values.length === 0) return "";
  return createHash("sha256").update(JSON.stringify(values)).digest("hex").slice(0, 32);
};

/** Where what was typed differs from what is recorded, both as people read them. */
export const differencesIn = (form: Form, typed: Typed) =>
  recorded(form).flatMap(({ name, field }) => {
    const own = typedIn(field, name, typed);
    if (even(own) === even(field.value)) return [];
    return [
      { name, label: field.label, recorded: told(field, field.value), own: told(field, own) },
    ];
  });

/** Whether anything was typed that is not recorded. */
export const isUnsent = (form: Form, typed: Typed): boolean =>
  fieldsOf(form).some(({ name, field }) => {
    const own = typedIn(field, name, typed);
    const chosen = "options" in field ? field.options.find(({ checked }) => checked)?.value : "";
    return even(own) !== even(field.value ?? chosen ?? "") && !(own === "" && !field.value);
  });

const typedIn = (field: Field, name: string, typed: Typed): string => {
  if (field.kind !== "date" && field.kind !== "moment") return typed.value(name);
  const [day, month, year, time] = ["day", "month", "year", "time"].map((part) =>
    typed.value(`${name}-${part}`),
  );
  if (!day && !month && !year) return "";
  const two = (digits = "") => digits.padStart(2, "0");
  return `${year}-${two(month)}-${two(day)}${time ? `T${time}` : ""}`;
};

/** Browsers send line ends of their own. */
const even = (words: string): string => words.replaceAll("\r\n", "\n").trim();

const told = (field: Field, value: string): string => {
  if ("options" in field) return field.options.find((each) => each.value === value)?.text ?? value;
  return field.kind === "date" && Day.safeParse(value).success ? dateInWords(value) : value;
};
