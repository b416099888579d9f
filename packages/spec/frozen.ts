/**
 * A stored fact's shape as JSON Schema, so that it can be kept beside the step and compared: what
 * was published never changes. JSON Schema has no word for a check that is a function (`refine`)
 * or for trimming; both are marked by name, and held by examples in `frozen-checks.test.ts`.
 */
import { z } from "zod";

/** Stands beside what JSON Schema can say: the checks that are functions, by their messages. */
export const checksMark = "x-checks";

/** What is written must be what is read, so a stored shape has none of these. */
const changing: ReadonlySet<string> = new Set([
  "pipe",
  "transform",
  "default",
  "prefault",
  "catch",
]);

type Json = { [key: string]: unknown };

type Check = {
  readonly _zod: {
    readonly def: {
      readonly check: string;
      readonly error?: (issue: object) => unknown;
    };
  };
};

type Definition = {
  readonly type: string;
  readonly checks?: readonly Check[];
  readonly coerce?: boolean;
};

const marksOf = ({ _zod: { def } }: Check): readonly string[] => {
  if (def.check === "overwrite") return ["(written otherwise)"];
  if (def.check !== "custom") return [];
  const said = def.error?.({});
  return [typeof said === "string" ? said : "(without a message)"];
};

/** As plain JSON. Throws a TypeError for a schema that reads something other than is written. */
export const schemaOf = (schema: z.ZodType): Json =>
  JSON.parse(
    JSON.stringify(
      z.toJSONSchema(schema, {
        io: "input",
        reused: "inline",
        override: ({ zodSchema, jsonSchema }) => {
          const { type, checks = [], coerce } = zodSchema._zod.def as object as Definition;
          if (changing.has(type) || coerce) throw new TypeError(`a stored shape has no ${type}`);
          const marks = checks.flatMap(marksOf);
          if (marks.length > 0) jsonSchema[checksMark] = marks;
          jsonSchema.required?.sort();
        },
      }),
    ),
  ) as Json;

/** What to do about a stored shape that is not as it was published, and where; empty when it is. */
export const breachOf = (fact: {
  readonly type: string;
  readonly version: number;
  readonly frozen: Json | undefined;
  readonly schema: z.ZodType;
}): readonly string[] => {
  const { type, version, frozen, schema } = fact;
  if (!frozen) return [`${type} has no frozen schema of version ${version}: run npm run freeze.`];
  const differences = differencesIn(frozen, schemaOf(schema));
  if (differences.length === 0) return [];
  return [
    `${type} is no longer what was published as version ${version}. Stored facts keep the shape in ` +
      "which they were written. Leave the schema as it was, or add the next version: an upcaster " +
      "in packages/domain/upcasters.ts, a golden example, and npm run freeze.",
    ...differences,
  ];
};

/** Where two schemas differ, as JSON pointers, each with both sides in a few words. */
export const differencesIn = (frozen: unknown, now: unknown, at = ""): readonly string[] => {
  if (JSON.stringify(frozen) === JSON.stringify(now)) return [];
  const bothHold =
    typeof frozen === "object" && typeof now === "object" && frozen !== null && now !== null;
  if (!bothHold) return [`${at || "/"}: ${brief(frozen)} became ${brief(now)}`];
  const [before, after] = [frozen as Json, now as Json];
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return keys.flatMap((key) =>
    differencesIn(
      before[key],
      after[key],
      `${at}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`,
    ),
  );
};

const brief = (value: unknown): string => {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};
