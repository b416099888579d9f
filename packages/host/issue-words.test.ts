import { expect, it } from "vitest";
import { z } from "zod";

import { type Asked, flattened, issueInWords, labelFor, missingInWords } from "./issue-words.ts";

const asked: Asked = { label: "Fieldwork weeks" };

/** What is said of a value that the schema refuses, of the first thing that is wrong with it. */
const saidOf = (schema: z.ZodType, value: unknown, by: Partial<Asked> = {}): string => {
  const { error } = schema.safeParse(value, { reportInput: true });
  return issueInWords(flattened(error!.issues)[0]!, { ...asked, ...by });
};

const text = (message: string) => z.string().regex(/^[a-z]+$/, message);

it.each([
  ["text", z.string(), 7, "Fieldwork weeks must be text"],
  ["a number", z.number(), "x", "Fieldwork weeks must be a number, such as 12"],
  ["a whole number", z.int(), 1.5, "Fieldwork weeks must be a whole number, such as 12"],
  ["yes or no", z.boolean(), "x", "Fieldwork weeks must be yes or no"],
  ["a list", z.array(z.string()), "x", "Fieldwork weeks must be a list"],
  ["a group", z.object({}), "x", "Fieldwork weeks must be a group of named values"],
  ["a map", z.map(z.string(), z.string()), "x", "Fieldwork weeks must be a group of named values"],
  ["nothing", z.null(), "x", "Fieldwork weeks must be empty"],
  [
    "a record",
    z.record(z.string(), z.number()),
    "x",
    'Fieldwork weeks must be a group of named values, each with its name, such as { "Good": 65 }',
  ],
  ["another kind", z.symbol(), "x", "Fieldwork weeks must be a value of the kind symbol"],
  ["long text", z.string().min(1200), "x", "Fieldwork weeks must be 1,200 characters or more"],
  ["short text", z.string().max(2), "long", "Fieldwork weeks must be 2 characters or fewer"],
  ["more of a list", z.array(z.int()).min(2), [1], "Fieldwork weeks: at least 2 are needed"],
  ["less of a list", z.array(z.int()).max(1), [1, 2], "Fieldwork weeks: at most 1 can be given"],
  ["more of a set", z.set(z.int()).min(2), new Set([1]), "Fieldwork weeks: at least 2 are needed"],
  ["a least number", z.number().min(3), 2, "Fieldwork weeks must be 3 or more"],
  ["a most number", z.number().max(3), 4, "Fieldwork weeks must be 3 or less"],
  ["a larger number", z.number().gt(3), 3, "Fieldwork weeks must be more than 3"],
  ["a smaller number", z.number().lt(3), 3, "Fieldwork weeks must be less than 3"],
  ["a multiple", z.number().multipleOf(5), 3, "Fieldwork weeks must be a multiple of 5"],
  ["a day", z.iso.date(), "x", "Fieldwork weeks must be a real date, such as 2027-05-24"],
  [
    "a moment",
    z.iso.datetime(),
    "x",
    "Fieldwork weeks must be a moment, such as 2027-05-24T09:00:00.000Z",
  ],
  ["a UUID", z.uuid(), "x", "Fieldwork weeks must be a UUID"],
  ["base64", z.base64(), "?", "Fieldwork weeks must be in base64"],
  [
    "a form in our words",
    text("lower-case letters, digits and -, at most 64"),
    "X",
    "Fieldwork weeks can have only small letters, figures and hyphens, at most 64 of them",
  ],
  ["a form", text("three letters"), "X", "Fieldwork weeks must have this form: three letters"],
  [
    "a form without words",
    z.string().regex(/^a$/),
    "X",
    "Fieldwork weeks is not written as it has to be",
  ],
  ["one of some", z.enum(["a", "b"]), "c", "Fieldwork weeks must be one of: a, b"],
  [
    "no other names",
    z.strictObject({}),
    { one: 1, two: 2 },
    "Take out “one”, “two”: nothing here has that name",
  ],
  [
    "a rule in our words",
    z.string().refine(() => false, "the last day is not before the first"),
    "x",
    "Fieldwork weeks ends before it begins. Check both days",
  ],
  ["a rule", z.string().refine(() => false, "too soon"), "x", "Fieldwork weeks: too soon"],
  [
    "a rule without words",
    z.string().refine(() => false),
    "x",
    "Select the fieldwork weeks from what is listed",
  ],
] as const)("says that a value has to be %s", (_, schema, value, said) => {
  expect(saidOf(schema, value)).toBe(said);
});

it("says of a form's field how it is to be filled in", () => {
  expect(saidOf(z.iso.date(), "x", { by: "date" })).toBe("Enter a real date, such as 24 5 2027");
  expect(saidOf(z.iso.datetime(), "x", { by: "moment" })).toBe(
    "Enter a real date and time, such as 24 5 2027 at 00:01",
  );
  expect(saidOf(z.enum(["a", "b"]), "c", { by: "choosing" })).toBe(
    "Select the fieldwork weeks from what is listed",
  );
  expect(saidOf(z.string(), 7, { label: "Why?" })).toBe("“Why?” must be text");
  expect(saidOf(z.string(), 7, { label: "Who leads" })).toBe("“Who leads” must be text");
});

it.each([undefined, null, ""])("says of what is missing (%j) what to do", (value) => {
  expect(saidOf(z.string().min(1), value)).toBe("Enter the fieldwork weeks");
});

it("tells what is missing from what is too short", () => {
  expect(saidOf(z.array(z.int()).min(1), [])).toBe("Enter the fieldwork weeks");
  expect(saidOf(z.number().min(1), 0)).toBe("Fieldwork weeks must be 1 or more");
  expect(saidOf(z.array(z.int()).min(2), [])).toBe("Fieldwork weeks: at least 2 are needed");
});

it.each([
  [{ label: "Reason" }, "Enter the reason"],
  [{ label: "Reason", by: "choosing" }, "Select the reason"],
  [{ label: "CSV file", by: "file" }, "Choose the CSV file"],
  [{ label: "Your name" }, "Enter your name"],
  [{ label: "A day", by: "choosing" }, "Select a day"],
  [{ label: "Is it right?" }, "Enter an answer to “Is it right?”"],
  [{ label: "Is it right?", by: "choosing" }, "Select an answer to “Is it right?”"],
  [{ label: "What changed" }, "Say what changed"],
  [{ label: "Which", by: "choosing" }, "Select which"],
  [{ label: "Reason", missing: "Say why" }, "Say why"],
] as const)("asks for what is missing: %j", (each, said) => {
  expect(missingInWords(each)).toBe(said);
});

it("takes the first of several shapes, at its place, and says that a command has no such name", () => {
  const shapes = z.object({ days: z.union([z.object({ first: z.int() }), z.string()]) });
  const { error } = shapes.safeParse({ days: { first: "x" } }, { reportInput: true });
  expect(flattened(error!.issues).map(({ path }) => path)).toEqual([["days", "first"]]);
  const commands = z.discriminatedUnion("type", [z.object({ type: z.literal("One") })]);
  const unknown = commands.safeParse({ type: "Two" }, { reportInput: true }).error!.issues;
  expect(issueInWords(flattened(unknown)[0]!, { label: "Type" })).toBe(
    "Type must be the name of a command",
  );
});

it("makes a label of the name of a value", () => {
  expect(labelFor(["team", 0, "keyQuestions"])).toBe("Key questions");
  expect(labelFor([0])).toBe("The value");
});
