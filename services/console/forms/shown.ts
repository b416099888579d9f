/**
 * A form as its template shows it: every field as the parameters of its macro, with what was typed
 * and what is wrong with it. Whether a form is offered is asked here, for all forms.
 */

import { missingInWords } from "@assay/host/issue-words.ts";

import { isNeeded } from "../http/coerce.ts";
import { type About, offered } from "../reading/offering.ts";
import type { Viewer } from "../reading/viewer.ts";
import { dateInWords, momentInWords } from "../wording/dates.ts";
import type { Unsent } from "../unsent/unsent.ts";
import { type Attempt, failuresIn } from "./attempt.ts";
import { differencesIn, isUnsent, seenIn, type Typed } from "./changed.ts";
import {
  askedBy,
  checkboxes,
  type Field,
  fieldsOf,
  type Form,
  idOf,
  laidOut,
  type Named,
} from "./form.ts";
import { personName } from "../wording/names.ts";

/** Forms by the places of the page where they stand. */
export type PageForms = {
  readonly about: About;
  readonly at: Readonly<Record<string, readonly (Form | false | undefined)[]>>;
};

/** Words that wait on this page: the viewer's own by the form, and who else is at one. */
export type Waiting = {
  readonly own: ReadonlyMap<string, Unsent>;
  readonly others: readonly { readonly person: string; readonly form: string }[];
};

type Showing = {
  readonly viewer: Viewer;
  readonly attempt: Attempt | undefined;
  readonly waiting?: Waiting;
};

export const formsShown = (
  { about, at }: PageForms,
  { viewer, attempt, waiting = nothing }: Showing,
) => {
  const places = Object.entries(at).map(([place, list]) => {
    const asked = list
      .filter((each) => each !== false && each !== undefined)
      .map((form) => ({ form, offer: offered(about, viewer, form.type, form.subject) }));
    const shown = asked.filter(({ offer }) => offer.offered).map(({ form }) => form);
    const later = asked.flatMap(({ form: { title }, offer }) =>
      offer.offered || offer.because === undefined
        ? []
        : [{ title, because: offer.because, from: offer.from && dateInWords(offer.from) }],
    );
    return { place, shown, later };
  });
  const tried = places.flatMap(({ shown }) => shown).find((form) => idOf(form) === attempt?.form);
  const failures = attempt ? failuresIn(attempt, tried) : [];
  const all = places.map(({ place, shown, later }) => {
    const list = shown.map((form) =>
      shownForm(form, form === tried ? { attempt, failures } : { failures: [] }, waiting),
    );
    return [place, { list, later }] as const;
  });
  return { forms: Object.fromEntries(all), problems: failures };
};

const nothing: Waiting = { own: new Map(), others: [] };

/** Offered only after a doubt: `forms/taking.ts`. */
const stands: Field = checkboxes("Is the reason right?", [
  { value: "yes", text: "The reason stands as it is written" },
]);

type Failed = {
  readonly attempt?: Attempt | undefined;
  readonly failures: ReturnType<typeof failuresIn>;
  /** What was typed and not sent, or sent and not accepted. */
  readonly typed?: Typed | undefined;
};

/** What waits in a form, as its template shows it. */
const waitingIn = (form: Form, { own, others }: Waiting, { attempt }: Failed) => {
  const found = own.get(idOf(form));
  const typed = found && typedOf(found);
  const unsent = found && typed && !attempt && isUnsent(form, typed) ? found : undefined;
  const now = seenIn(form);
  const seen = attempt && !attempt.changed ? attempt.typed.value("_seen") : now;
  const stale = unsent !== undefined && (typed?.value("_seen") ?? now) !== now;
  return {
    typed: attempt?.typed ?? (unsent && typed),
    kept: !form.secret && fieldsOf(form).some(({ field }) => field.kind !== "file"),
    version: found?.version ?? 0,
    seen: stale ? (typed?.value("_seen") ?? now) : seen,
    unsent: unsent && momentInWords(new Date(unsent.at).toISOString()),
    differences:
      attempt?.changed || stale ? differencesIn(form, attempt?.typed ?? typed ?? blank) : [],
    others: others
      .filter((each) => each.form === idOf(form))
      .map(({ person }) => personName(person)),
  };
};

const blank: Typed = { value: () => "", values: () => [] };

const typedOf = ({ typed }: Unsent): Typed => ({
  value: (name) => typed[name]?.at(-1) ?? "",
  values: (name) => typed[name] ?? [],
});

const shownForm = (form: Form, tried: Failed, all: Waiting) => {
  const { type, title, about, button, grave = false, first = false, bare = false } = form;
  const id = idOf(form);
  const { typed, seen, ...waiting } = waitingIn(form, all, tried);
  const failed = { ...tried, typed };
  const { shown, hidden } = laidOut({
    ...form.says,
    ...form.beside,
    ...(failed.attempt?.doubted && { _stands: stands }),
  });
  const field = (named: Named) => shownField(form, named, failed);
  const needed = fieldsOf(form).filter((each) => each.field.needed);
  return {
    ...{ id, type, title, about, button, grave, first, also: form.also },
    isOpen: bare || (hidden.length >= 0 && shown.length === 0 && about === undefined),
    isFailed: failed.attempt !== undefined || waiting.unsent !== undefined,
    ...waiting,
    attributes: form.attributes ?? {},
    enctype: fieldsOf(form).some((each) => each.field.kind === "file"),
    hidden: [
      ...hidden,
      ...(seen === "" ? [] : [{ name: "_seen", value: seen }]),
      ...Object.entries(form.carried ?? {}).map(([name, value]) => ({ name, value })),
      ...needed.map(({ name, field: asked }) => ({
        name: "_needed",
        value: `${name}: ${missingInWords(askedBy(asked))}`,
      })),
    ],
    fields: shown.map((each) =>
      "of" in each ? { ...each, of: each.of.map((inner) => field(inner)) } : field(each),
    ),
  };
};

const shownField = (form: Form, named: Named, { typed, failures }: Failed) =>
  fieldShown(idOf(form), named, {
    problem: failures.find((each) => each.field === named.name)?.text,
    typed,
    suffix: isOptional(form, named) ? " (optional)" : "",
  });

type Marked = {
  readonly problem?: string | undefined;
  readonly typed?: Typed | undefined;
  readonly suffix?: string;
};

/** The field's id is `form-field`: what a problem at it links to. */
export const fieldShown = (form: string, { name, field }: Named, marked: Marked = {}) => {
  const { problem, typed, suffix = "" } = marked;
  const id = `${form}-${name.replaceAll(".", "-")}`;
  const value = typed ? typed.value(name) : (field.value ?? "");
  const common = {
    ...(field.hint !== undefined && { hint: { text: field.hint } }),
    ...(problem !== undefined && { errorMessage: { text: problem } }),
  };
  const label = { text: `${field.label}${suffix}` };
  const legend = { fieldset: { legend: label } };
  const attributes = field.attributes ?? {};
  switch (field.kind) {
    case "radios":
    case "checkboxes": {
      const ticked = typed?.values(name);
      const items = field.options.map(({ value: each, text, hint, checked = false }) => ({
        ...{ value: each, text, ...(hint !== undefined && { hint: { text: hint } }) },
        checked: ticked ? ticked.includes(each) : checked || each === field.value,
      }));
      const classes = `govuk-${field.kind}--small${field.inline ? ` govuk-${field.kind}--inline` : ""}`;
      return {
        macro: field.kind,
        params: { idPrefix: id, name, items, classes, ...common, ...legend },
      };
    }
    case "select": {
      const items = field.options.map(({ value: each, text }) => ({
        value: each,
        text,
        selected: each === value,
      }));
      return { macro: "select", params: { id, name, items, label, ...common, attributes } };
    }
    case "date":
    case "moment": {
      const parts = typed
        ? (part: string) => typed.value(`${name}-${part}`)
        : partsOf(field.value ?? "");
      const items = [...["day", "month", "year"], ...(field.kind === "moment" ? ["time"] : [])].map(
        (part) => ({
          ...{ name: part, value: inOneLine(parts(part)) },
          classes: `govuk-input--width-${part === "year" ? 4 : part === "time" ? 5 : 2}${problem === undefined ? "" : " govuk-input--error"}`,
        }),
      );
      return { macro: "date", params: { id, namePrefix: name, items, ...common, ...legend } };
    }
    case "area": {
      const { rows = 3 } = field;
      return { macro: "area", params: { id, name, value, rows, label, ...common, attributes } };
    }
    case "file": {
      const accept = field.accept === undefined ? {} : { accept: field.accept };
      return { macro: "file", params: { id, name, label, ...common, attributes: accept } };
    }
    case "range":
    case "number":
    case "text": {
      const look = inputLook(field.kind, field.width);
      const params = { id, name, value: inOneLine(value), label, ...look, ...common, attributes };
      return { macro: "text", params };
    }
  }
};

/** As a browser shows it. Templates indent what has lines: it would grow whenever it is sent. */
const inOneLine = (value: string): string => value.replace(/[\r\n]+/g, "");

const inputLook = (kind: "range" | "number" | "text", width: number | undefined) => {
  if (kind === "range") return { classes: "slider__range", type: "range" };
  const characters = width ?? (kind === "number" ? 5 : undefined);
  return {
    classes: characters === undefined ? "" : `govuk-input--width-${characters}`,
    ...(kind === "number" && { inputmode: "decimal" }),
  };
};

/** `2027-05-24`, or that with a time after it. */
const partsOf = (value: string) => {
  const [day = "", time = ""] = value.split("T");
  const [year = "", month = "", date = ""] = day.split("-");
  const parts: Readonly<Record<string, string>> = {
    year,
    time,
    month: plain(month),
    day: plain(date),
  };
  return (part: string): string => parts[part] ?? "";
};

const plain = (digits: string): string => digits.replace(/^0/, "");

const isOptional = ({ type }: Form, { name, field }: { name: string; field: Field }): boolean =>
  !field.needed && !("options" in field) && isNeeded(type, name) === false;
