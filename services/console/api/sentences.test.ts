import { identifyingInRequest } from "@assay/domain/kernel/identifying.ts";
import { expect, it } from "vitest";

import { commandNames, openApi } from "./openapi.ts";

type Schema = {
  readonly type?: string;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
};

/** Long enough to be written in sentences. */
const sentence = 1000;

/** The names of what somebody writes in sentences, wherever they stand in the command. */
const sentencesIn = (schema: Schema, name = ""): readonly string[] => [
  ...(schema.type === "string" && (schema.maxLength ?? 0) >= sentence ? [name] : []),
  ...Object.entries(schema.properties ?? {}).flatMap(([key, each]) => sentencesIn(each, key)),
  ...(schema.items ? sentencesIn(schema.items, name) : []),
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((each) => sentencesIn(each, name)),
];

/** Why these are not looked through. */
const without: Readonly<Record<string, string>> = {
  name: "what a service or a programme is called",
  source: "where a figure about the service comes from, which the checks look through",
  title: "what a document is called, often by a post or a board",
  markdown: "a section of the report, which the checks before publication look through",
};

const { schemas } = (openApi([]) as { components: { schemas: Record<string, Schema> } }).components;
const all = commandNames.flatMap((type) => sentencesIn(schemas[type]!));

it("looks through whatever is written in sentences for words that could identify somebody", () => {
  const names = [...new Set(all)].toSorted();
  expect(names.length).toBeGreaterThan(10);
  const missed = names.filter(
    (name) => identifyingInRequest({ [name]: "Ring 07700 900123." }).length === 0,
  );
  expect(missed).toEqual(Object.keys(without).toSorted());
});
