/**
 * A form as data: its command, and for every part of the command what fills it. A part that the
 * command does not have does not compile, and neither does a form that lacks a needed part.
 */
import { randomUUID } from "node:crypto";

import type { Asked } from "@assay/host/issue-words.ts";
import type { z } from "zod";

import type { Offerable } from "../reading/offering.ts";
import type { Subject } from "../reading/possible.ts";
import type { AnyCommand } from "../sending.ts";

export type Option = {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
  /** Chosen from the start, where several may be; never a judgement. */
  readonly checked?: boolean;
};

type Choice = {
  readonly kind: "select" | "radios" | "checkboxes";
  readonly options: readonly Option[];
  readonly inline?: boolean;
};

type Blank = {
  readonly kind: "text" | "area" | "number" | "range" | "date" | "moment" | "file";
  /** In characters. */
  readonly width?: 2 | 3 | 4 | 5 | 10 | 20 | 30;
  readonly rows?: number;
  readonly accept?: string;
};

export type Field = {
  readonly label: string;
  readonly hint?: string;
  /** What is said where nothing is given, in place of a sentence made from the label. */
  readonly missing?: string;
  /** Needed here, though the command could do without it. */
  readonly needed?: boolean;
  readonly value?: string;
  readonly attributes?: Readonly<Record<string, string>>;
} & (Choice | Blank);

/** What the form knows already. */
type Given<Value> = { readonly kind: "given"; readonly value: Value };

/** What the path says, or the console adds when the form is sent: `forms/making.ts`. */
type Unasked = { readonly kind: "unasked" };

/** Several parts under one heading. */
type Group<Inner> = {
  readonly kind: "group";
  readonly legend: string;
  readonly parts: Inner;
};

export type Part<Value> =
  | Field
  | Given<Value>
  | Unasked
  | (Value extends readonly (infer Each)[]
      ? Each extends object
        ? readonly Part<Each>[]
        : readonly Given<Each>[]
      : Value extends object
        ? Parts<Value> | Group<Parts<Value>>
        : never);

export type Parts<Value> = Value extends object
  ? { readonly [Key in keyof Value]: Part<NonNullable<Value[Key]>> }
  : never;

type Command = z.input<typeof AnyCommand>;

/** What the path or the session says, and the secrets that the announcing service adds. */
type Stamped<Type> =
  | "type"
  | "at"
  | "by"
  | (Type extends "ScheduleInspection" ? "programme" : "inspection")
  | (Type extends "OpenProgramme" ? never : "programme")
  | (Type extends "WithdrawFramework" ? "framework" : never)
  | "commitment"
  | (Type extends "DrawSample" ? "nonce" : never);

type Says<Type> = Parts<Omit<Extract<Command, { type: Type }>, Stamped<Type>>>;

type Described<Type, Saying> = {
  readonly type: Type;
  /** Tells forms for one command on one page apart. */
  readonly id?: string;
  readonly subject?: Subject;
  readonly title: string;
  /** What it means, before one does it. */
  readonly about?: string;
  readonly button: string;
  readonly grave?: boolean;
  /** Shown open: what is to be done next. */
  readonly first?: boolean;
  /** Without a heading of its own that opens it. */
  readonly bare?: boolean;
  /** Sent along for whoever makes the command, and no part of it. */
  readonly carried?: Readonly<Record<string, string>>;
  /** A second button, which sends the form with this name. */
  readonly also?: { readonly name: string; readonly text: string };
  readonly attributes?: Readonly<Record<string, string>>;
  /** What is typed never leaves the browser before it is sent. */
  readonly secret?: boolean;
  readonly says: Saying;
  /** Fields for what the browser makes of them, which are no part of the command. */
  readonly beside?: Readonly<Record<string, Field>>;
};

export type AnyParts = { readonly [name: string]: AnyPart };
export type AnyPart =
  | Field
  | Given<unknown>
  | Unasked
  | {
      readonly kind: "group";
      readonly legend: string;
      readonly parts: AnyParts;
    }
  | readonly AnyPart[]
  | AnyParts;

export type Form = Described<Offerable, AnyParts>;

export const form = <const Type extends Offerable>(described: Described<Type, Says<Type>>): Form =>
  described;

type Look = Partial<Omit<Field, "label" | "kind" | "options">> & Omit<Blank, "kind">;

const blank =
  (kind: Blank["kind"]) =>
  (label: string, look: Look = {}): Field => ({ kind, label, ...look });

export const text = blank("text");
export const area = blank("area");
export const number = blank("number");
export const range = blank("range");
export const date = blank("date");
export const moment = blank("moment");
export const file = blank("file");

const choice =
  (kind: Choice["kind"]) =>
  (label: string, options: readonly Option[], look: Look & { inline?: boolean } = {}): Field => ({
    kind,
    label,
    options,
    ...look,
  });

export const select = choice("select");
export const radios = choice("radios");
export const checkboxes = choice("checkboxes");

export const given = <const Value>(value: Value): Given<Value> => ({ kind: "given", value });
/** A new name, which two people with the same form open never both send: `alert-5d0c9e41`. */
export const newName = (kind: string) => given(`${kind}-${randomUUID().slice(0, 8)}`);
export const unasked: Unasked = { kind: "unasked" };

export const group = <const Inner>(legend: string, parts: Inner): Group<Inner> => ({
  kind: "group",
  legend,
  parts,
});

export const reason = (label = "Reason", look: Look = {}): Field =>
  area(label, { ...(label === "Reason" && { missing: "Enter a reason" }), ...look });

export const yesNo = (label: string, look: Look & { inline?: boolean } = {}): Field =>
  radios(
    label,
    [
      { value: "true", text: "Yes" },
      { value: "false", text: "No" },
    ],
    { inline: true, missing: `Select yes or no for “${label}”`, ...look },
  );

export const choices = <Value extends string>(
  values: readonly Value[],
  called: (value: Value) => string,
): readonly Option[] => values.map((value) => ({ value, text: called(value) }));

/** The beginning of what somebody wrote, to know it by. */
export const brief = (words: string): string =>
  words.length > 60 ? `${words.slice(0, 60).trimEnd()}…` : words;

/** How a field asks, for sentences about it. */
export const askedBy = ({ kind, label, missing }: Field): Asked => ({
  label,
  by: kind === "date" || kind === "moment" || kind === "file" ? kind : wayOf(kind),
  ...(missing !== undefined && { missing }),
});

const wayOf = (kind: Field["kind"]): "choosing" | "typing" =>
  kind === "select" || kind === "radios" || kind === "checkboxes" ? "choosing" : "typing";

export const idOf = ({ type, id }: Pick<Form, "type" | "id">): string =>
  id === undefined ? type : `${type}-${id}`;

/** A field with the name under which it is sent. */
export type Named = { readonly name: string; readonly field: Field };

/** What a form shows, in its order: fields, some of them under a heading; and what it hides. */
export type Laid = {
  readonly shown: readonly (
    | Named
    | { readonly legend: string; readonly hint?: string; readonly of: readonly Named[] }
  )[];
  readonly hidden: readonly { readonly name: string; readonly value: string }[];
};

export const laidOut = (parts: AnyParts, prefix = ""): Laid => {
  const shown: Laid["shown"][number][] = [];
  const hidden: Laid["hidden"][number][] = [];
  const take = (name: string, part: AnyPart): void => {
    if (isKind(part, "unasked")) return;
    if (isKind(part, "given")) hidden.push({ name, value: String(part.value) });
    else if (isKind(part, "group")) {
      const inner = laidOut(part.parts, `${name}.`);
      hidden.push(...inner.hidden);
      const of = inner.shown.flatMap((each) => ("of" in each ? each.of : [each]));
      shown.push({ legend: part.legend, of });
    } else if (isField(part)) shown.push({ name, field: part });
    else
      for (const [key, inner] of Object.entries<AnyPart>(part))
        take(Array.isArray(part) && isKind(inner, "given") ? name : `${name}.${key}`, inner);
  };
  for (const [key, part] of Object.entries(parts)) take(`${prefix}${key}`, part);
  return { shown, hidden };
};

export const fieldsOf = (form: Form): readonly Named[] =>
  laidOut({ ...form.says, ...form.beside }).shown.flatMap((each) =>
    "of" in each ? each.of : [each],
  );

const isKind = <Kind extends string>(
  part: AnyPart,
  kind: Kind,
): part is Extract<AnyPart, { readonly kind: Kind }> => "kind" in part && part.kind === kind;

const isField = (part: AnyPart): part is Field =>
  "kind" in part && typeof part.kind === "string" && "label" in part;
