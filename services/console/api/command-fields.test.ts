import { expect, it } from "vitest";
import { z } from "zod";

import { AnyCommand } from "../sending.ts";
import { fieldExample } from "./command-fields.ts";
import { commandNames, openApi, operationIdOf } from "./openapi.ts";

type Schema = {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly examples?: readonly unknown[];
};

const { components } = openApi([]) as { components: { schemas: Record<string, Schema> } };

const untoldIn = (schema: Schema, path: string): readonly string[] => [
  ...Object.entries(schema.properties ?? {}).flatMap(([name, each]) => [
    ...(each.description ? [] : [`${path}.${name}`]),
    ...untoldIn(each, `${path}.${name}`),
  ]),
  ...(schema.items ? untoldIn(schema.items, path) : []),
  ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((each) => untoldIn(each, path)),
];

it("says of every command what it does, and of every field what it holds", () => {
  expect(commandNames.filter((type) => !components.schemas[type]!.description)).toEqual([]);
  expect(commandNames.flatMap((type) => untoldIn(components.schemas[type]!, type))).toEqual([]);
});

/** A framework's document is long: docs/frameworks.md has one. */
const tooLong = "document";

const by = { id: "amara", role: "lead-inspector" };
const at = "2027-06-07T09:00:00.000Z";

it("has an example of every field that its command takes", () => {
  const faults = AnyCommand.options.flatMap((option) =>
    Object.entries(option.shape).flatMap(([name, schema]) => {
      if (["type", "at", "by", tooLong].includes(name)) return [];
      const example = fieldExample(option.shape.type.value, name);
      const read = (schema as z.ZodType).safeParse(example);
      return read.success && example !== undefined
        ? []
        : [[option.shape.type.value, name, read.error?.issues[0]?.message]];
    }),
  );
  expect(faults).toEqual([]);
});

it("has an example of every command that is one", () => {
  const faults = commandNames.flatMap((type) => {
    if (type === "AdoptFramework") return [];
    const [example] = components.schemas[type]!.examples!;
    const read = AnyCommand.safeParse({ ...(example as object), at, by });
    return read.success ? [] : [[type, z.prettifyError(read.error)]];
  });
  expect(faults).toEqual([]);
});

it.each([
  ["GET", "/inspections", "inspections"],
  ["GET", "/inspections/:inspection/cases/:case", "inspectionCase"],
  ["GET", "/inspections/:inspection/panel/:standard", "inspectionPanelStandard"],
  ["GET", "/inspections/:inspection/report/draft.pdf", "inspectionReportDraftPdf"],
  ["POST", "/commands", "sendCommands"],
] as const)("calls %s %s %s", (method, path, id) => {
  expect(operationIdOf({ method, path })).toBe(id);
});
