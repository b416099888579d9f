/**
 * Other values of the same shape, by a schema: for each place in a command one that says something
 * else. For tests that ask what becomes of a request with one field changed.
 */
import type { z } from "zod";

type Definition = {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly element?: z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
};

const definitionOf = (schema: z.ZodType): Definition => schema.def;

/** Values near this one, of which the schema takes those that are right. */
export const variantsOf = (schema: z.ZodType, value: unknown): readonly unknown[] =>
  near(schema, value).filter((each) => {
    const parsed = schema.safeParse(each);
    return parsed.success && JSON.stringify(parsed.data) !== JSON.stringify(value);
  });

const near = (schema: z.ZodType, value: unknown): readonly unknown[] => {
  const { type, innerType, in: inner, element, shape, options, entries } = definitionOf(schema);
  if (innerType) return [...left(type, value), ...near(innerType, value)];
  if (inner) return near(inner, value);
  switch (type) {
    case "enum":
      return Object.values(entries ?? {}).filter((each) => each !== value);
    case "boolean":
      return [!value];
    case "number":
    case "int":
      return typeof value === "number" ? [value + 1, value - 1] : [1];
    case "string":
      return typeof value === "string" ? texts(value) : ["something else", "2021-06-01"];
    case "array":
      return Array.isArray(value) && element ? arrays(element, value) : [];
    case "object":
      return shape && typeof value === "object" && value !== null ? objects(shape, value) : [];
    case "union":
      return (options ?? []).flatMap((each) => near(each, value));
    default:
      return [];
  }
};

/** What was said, left out where that may be; what was left out is said by other values. */
const left = (type: string, value: unknown): readonly undefined[] =>
  type === "optional" && value !== undefined ? [undefined] : [];

const texts = (text: string): readonly string[] => [
  `${text} Corrected.`,
  `${text}-other`,
  text.replace(/[0-9a-f]$/, (last) => (last === "0" ? "1" : "0")),
  text.replace(/-(\d\d)$/, (_, day: string) => `-${day === "24" ? "25" : "24"}`),
  text.replace(/T\d\d/, (hour) => (hour === "T10" ? "T11" : "T10")),
];

const arrays = (element: z.ZodType, value: readonly unknown[]): readonly unknown[] => [
  ...(value.length > 1 ? [value.slice(1)] : []),
  ...(value.length > 0 ? near(element, value[0]).map((first) => [first, ...value.slice(1)]) : [[]]),
];

const objects = (shape: Readonly<Record<string, z.ZodType>>, value: object): readonly unknown[] =>
  Object.entries(shape).flatMap(([name, field]) =>
    near(field, (value as Readonly<Record<string, unknown>>)[name]).map((each) => {
      const { [name]: _, ...others } = value as Readonly<Record<string, unknown>>;
      return each === undefined ? others : { ...value, [name]: each };
    }),
  );
