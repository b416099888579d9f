/**
 * A form's fields as a command's values, guided by the command's own schema: numbers, lists, yes
 * and no, nested parts by names such as `fieldwork.start` or `actions.0.due`. What is left blank
 * is left out. Whether the values make a command is the schema's to say.
 */
import { Day, inEngland } from "@assay/domain/kernel/instants.ts";
import { z } from "zod";

import { AnyCommand } from "../sending.ts";
import type { Form } from "./asked.ts";

type JsonSchema = {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | false;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly minLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
};

/** What the console puts into every command itself. */
const stamped = new Set(["type", "at", "by", "inspection", "programme"]);

const schemas = new Map<string, JsonSchema>();

const schemaOf = (type: string): JsonSchema | undefined => {
  const known = schemas.get(type);
  if (known) return known;
  const option = AnyCommand.options.find(({ shape }) => shape.type.value === type);
  if (!option) return undefined;
  const found = z.toJSONSchema(option, { io: "input", unrepresentable: "any" }) as JsonSchema;
  schemas.set(type, found);
  return found;
};

/** What a command of this type may say; nothing when there is no such command. */
export const partsOf = (type: string): readonly string[] =>
  Object.keys(schemaOf(type)?.properties ?? {});

/**
 * Whether the command needs what is sent under that name; undefined for one of several lines, where
 * that is for the form to say.
 */
export const isNeeded = (type: string, name: string): boolean | undefined => {
  let schema = schemaOf(type);
  for (const key of name.split(".")) {
    const shape = schema?.anyOf?.[0] ?? schema;
    if (!shape?.properties) return undefined;
    schema = shape.properties[key];
    if (!schema || !shape.required?.includes(key)) return false;
  }
  return !schema || !mayBeBlank(schema);
};

/** Undefined when there is no such command. */
export const commandIn = (
  type: string,
  form: Form,
): Readonly<Record<string, unknown>> | undefined => {
  const schema = schemaOf(type);
  if (!schema?.properties) return undefined;
  const wanted = Object.entries(schema.properties).filter(([name]) => !stamped.has(name));
  const required = new Set(schema.required);
  const values = wanted.map(
    ([name, part]) =>
      [name, required.has(name) ? owed(part, name, form) : given(part, name, form)] as const,
  );
  return { type, ...present(values) };
};

/** What is left out only as a whole: nested parts of which none is filled in. */
const given = (part: JsonSchema, name: string, form: Form): unknown => {
  const value = coerced(part, name, form);
  return isNothing(value) ? undefined : value;
};

/** A line that may be blank is blank where it was shown and nothing was written. */
const owed = (part: JsonSchema, name: string, form: Form): unknown => {
  const value = coerced(part, name, form);
  return value === undefined && mayBeBlank(part) && form.names.includes(name) ? "" : value;
};

const isNothing = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length === 0;

const mayBeBlank = ({ type, minLength = 0, pattern, format, enum: values }: JsonSchema): boolean =>
  type === "string" &&
  minLength === 0 &&
  pattern === undefined &&
  format === undefined &&
  values === undefined;

const present = (values: readonly (readonly [string, unknown])[]): Record<string, unknown> =>
  Object.fromEntries(values.filter(([, value]) => value !== undefined));

const coerced = (part: JsonSchema, name: string, form: Form): unknown => {
  /** Of several shapes the first is the one that people fill in. */
  const schema = part.anyOf?.[0] ?? part;
  switch (schema.type) {
    case "object":
      return objectIn(schema, name, form);
    case "array":
      return listIn(schema.items ?? {}, name, form);
    case "boolean":
      return form.value(name) === "" ? undefined : form.value(name) === "true";
    case "number":
    case "integer":
      return form.value(name).trim() === "" ? undefined : Number(form.value(name));
    default:
      return form.names.includes(`${name}-year`)
        ? dateIn(form, name)
        : form.value(name).trim() === ""
          ? undefined
          : form.value(name);
  }
};

/**
 * A day, or a day and a time by the clocks of England, from the fields in which it is typed; as it
 * was typed where that is none.
 */
const dateIn = (form: Form, name: string): string | undefined => {
  const part = (of: string): string => form.value(`${name}-${of}`).trim();
  const [date, month, year] = [part("day"), part("month"), part("year")];
  const typed = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  if (!form.names.includes(`${name}-time`)) return date + month + year === "" ? undefined : typed;
  if (date + month + year + part("time") === "") return undefined;
  const day = Day.safeParse(typed);
  const time = part("time").padStart(5, "0");
  return day.success && /^([01]\d|2[0-3]):[0-5]\d$/.test(time)
    ? inEngland(day.data, time)
    : `${typed} ${part("time")}`;
};

const objectIn = (schema: JsonSchema, name: string, form: Form): unknown => {
  if (!form.names.some((sent) => sent.startsWith(`${name}.`))) return undefined;
  const parts = Object.entries(schema.properties ?? {});
  const required = new Set(schema.required);
  return present([
    ...parts.map(([key, part]) => {
      const value = coerced(part, `${name}.${key}`, form);
      // Named values of which there are none to ask for, such as facts of a case.
      const none = required.has(key) && part.additionalProperties ? {} : undefined;
      return [key, value ?? none] as const;
    }),
    ...(schema.additionalProperties ? namedIn(schema.additionalProperties, name, form) : []),
  ]);
};

/** Values under names that the schema does not know: nested parts, or with yes and no as such. */
const namedIn = (
  part: JsonSchema,
  name: string,
  form: Form,
): readonly (readonly [string, unknown])[] => {
  const keys = form.names
    .filter((sent) => sent.startsWith(`${name}.`))
    .map((sent) => sent.slice(name.length + 1));
  if (part.type === "object")
    return [...new Set(keys.map((key) => key.replace(/\..*/s, "")))].map((key) => [
      key,
      given(part, `${name}.${key}`, form),
    ]);
  return keys.map((key) => {
    const value = form.value(`${name}.${key}`);
    if (value === "") return [key, undefined];
    return [key, value === "true" || value === "false" ? value === "true" : value];
  });
};

const listIn = (items: JsonSchema, name: string, form: Form): readonly unknown[] => {
  if (items.type !== "object") return form.values(name).filter((value) => value.trim() !== "");
  const places = form.names.flatMap((given) => {
    const found = new RegExp(`^${name}\\.(\\d+)\\.`).exec(given)?.[1];
    return found === undefined ? [] : [Number(found)];
  });
  return [...new Set(places)]
    .toSorted((a, b) => a - b)
    .filter((place) => isFilled(form, `${name}.${place}.`))
    .map((place) => objectIn(items, `${name}.${place}`, form));
};

/** A line of which nothing but its fixed parts is filled in is left out. */
const isFilled = (form: Form, prefix: string): boolean =>
  form.names.some(
    (name) =>
      name.startsWith(prefix) &&
      !/\.(recommendation|keyQuestion|role)$/.test(name) &&
      form.value(name).trim() !== "",
  );
