/** Values that nobody means well with, and those that a schema would take, drawn by chance. */
import type { RandomStream } from "@assay/domain/sampling/stream.ts";

export type Drawing = {
  readonly chance: RandomStream;
  /** Ids, links and values that the console itself has shown. */
  readonly seen: readonly string[];
  /** Tables that the console itself has offered. */
  readonly files: readonly string[];
};

export const oneOf = <Value>(chance: RandomStream, values: readonly Value[]): Value =>
  values[chance.below(values.length)]!;

const short = [
  ...["", " ", "..", "../../etc/passwd", "%2e%2e%2f", "%00", "%", "\u0000", "\uD800", "\u202E"],
  ...["__proto__", "constructor", "toString", "<script>alert(1)</script>", "' or 1=1 --"],
  ...["{{7*7}}", "=1+1", "+44 20 7946 0000", "@a", "1.23457E+11", "#REF!", "NaN", "-0", "0", "-1"],
  ...["99999999999999999999", "1e400", "true", "null", "[]", "{}", "overall", "c0001", "2.1"],
  ...["2026-13-45", "0000-00-00", "9999-12-31", "2026-11-25T10:00:00.000Z", "\r\nx: y", "𝔘𝔫𝔦"],
  ...["00000000-0000-0000-0000-000000000000", "a@b.example", "yes", "on", ";", ",,,,", '"'],
];
const repeated = ["a", "a ", "\n", "a@b.example ", "1", "[", '{"a":', "(", "é", "_", "\u202E", ","];
const lengths = [50, 500, 5_000, 50_000, 300_000];

export const strangeWord = ({ chance, seen }: Drawing): string => {
  const kind = chance.below(10);
  if (kind < 5) return oneOf(chance, short);
  if (kind < 8 && seen.length > 0) return oneOf(chance, seen);
  const most = oneOf(chance, lengths);
  const unit = oneOf(chance, repeated);
  return unit.repeat(Math.ceil(most / unit.length));
};

/** What a case list, a plan or an enclosure should hold, mostly not. */
export const strangeFile = (drawing: Drawing): string => {
  const { chance, files } = drawing;
  const table = oneOf(chance, files) ?? "";
  const [header = "", ...rows] = table.split(/\r?\n/);
  switch (chance.below(6)) {
    case 0:
      return strangeWord(drawing);
    case 1:
      return `${header}${"\n".repeat(oneOf(chance, lengths))}`;
    case 2:
      return `\uFEFF%PDF-1.7\u0000${table}`;
    case 3:
      return table;
    default: {
      const changed = rows.map((row) =>
        row
          .split(",")
          .map((cell) => (chance.below(8) === 0 ? strangeWord(drawing).slice(0, 5_000) : cell))
          .join(","),
      );
      return [header, ...changed].join("\n").repeat(chance.below(3) + 1);
    }
  }
};

type Schema = {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly format?: string;
};

/** What the schema describes, mostly. `named` finds what it refers to. */
export const valueOf = (
  schema: Schema,
  drawing: Drawing,
  named: (reference: string) => Schema | undefined,
  depth = 0,
): unknown => {
  const { chance } = drawing;
  const again = (inner: Schema): unknown => valueOf(inner, drawing, named, depth + 1);
  if (depth > 8 || chance.below(25) === 0) return strangeWord(drawing);
  if (schema.$ref !== undefined) return again(named(schema.$ref) ?? {});
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return oneOf(chance, schema.enum);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices && choices.length > 0) return again(oneOf(chance, choices));
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case "object":
      return objectOf(schema, drawing, again);
    case "array":
      return Array.from({ length: oneOf(chance, [0, 1, 2, 3, 300]) }, () =>
        again(schema.items ?? {}),
      );
    case "integer":
    case "number":
      return oneOf(chance, [0, 1, 2, 7, -1, 1.5, 1e21, Number.MAX_SAFE_INTEGER]);
    case "boolean":
      return chance.below(2) === 0;
    default:
      return schema.format === "uuid" ? uuid(chance) : strangeWord(drawing);
  }
};

const objectOf = (
  { properties = {}, required = [] }: Schema,
  { chance }: Drawing,
  again: (inner: Schema) => unknown,
): object =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, inner]) =>
      chance.below(10) < (required.includes(name) ? 9 : 4) ? [[name, again(inner)]] : [],
    ),
  );

export const uuid = (chance: RandomStream): string => {
  const digits = Array.from({ length: 32 }, () => chance.below(16).toString(16)).join("");
  return digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-8$4-$5").slice(0, 36);
};
