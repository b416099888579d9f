import { registry } from "@assay/domain/steps.ts";
import { expect, it } from "vitest";
import { z } from "zod";

type Leaf = { readonly place: string; readonly schema: z.ZodType };

/** Every place of a schema where a text stands, found from the schema itself. */
const textsIn = (schema: z.core.$ZodType, place: string): readonly Leaf[] => {
  const def = schema._zod.def as unknown as Readonly<Record<string, unknown>>;
  const within = (inner: unknown, name: string): readonly Leaf[] =>
    textsIn(inner as z.core.$ZodType, `${place}.${name}`);
  switch (def["type"]) {
    case "string":
      return [{ place, schema: schema as z.ZodType }];
    case "object":
      return Object.entries(def["shape"] as object).flatMap(([name, inner]) => within(inner, name));
    case "array":
      return within(def["element"], "#");
    case "record":
      return within(def["valueType"], "*");
    case "union":
      return (def["options"] as readonly unknown[]).flatMap((each) => within(each, "|"));
    case "pipe":
      return textsIn(def["in"] as z.core.$ZodType, place);
    default:
      return "innerType" in def ? textsIn(def["innerType"] as z.core.$ZodType, place) : [];
  }
};

const commands = Object.values(registry).flatMap(({ commands: { options } }) =>
  options.flatMap((option) =>
    textsIn(option, (option.shape as { type: z.ZodLiteral<string> }).type.value),
  ),
);

/** It takes a sentence, so people write there. */
const isWritten = ({ schema }: Leaf): boolean => schema.safeParse("Some words, said here.").success;

/** What takes a sentence by its schema, and by the rules only what the framework or a list has. */
const looked: Readonly<Record<string, RegExp>> = {
  "one of the framework's": /\.(rating|to|overall|answer|framework|survey)$|\.facts\./,
  "of the case list, which no report prints": /^SubmitCaseList\.rows\./,
  "a file's own kind": /\.mediaType$/,
  "an id of what was logged": /^RecordJudgement\.evidence\./,
};

const written = commands.filter(
  (leaf) => isWritten(leaf) && !Object.values(looked).some((each) => each.test(leaf.place)),
);

it("finds the places where people write, of every step", () => {
  expect(written.length).toBeGreaterThan(60);
  const names = written.map(({ place }) => place);
  expect(names).toContain("DraftSection.markdown");
  expect(names.some((each) => each.startsWith("SubmitActionPlan.actions"))).toBe(true);
});

it.each(written)("takes at $place only what can be printed", ({ schema }) => {
  const refused = schema.safeParse("First line\nhere is \u0007 a bell");
  expect(refused.error?.issues.map(({ message }) => message)).toEqual([
    // What stands on one line is counted on one.
    expect.stringMatching(/^line (2, character 9|1, character 20): U\+0007 cannot be printed/),
  ]);
});
