import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { text, Words } from "@assay/domain/kernel/fact.ts";
import { currentVersion } from "@assay/domain/upcasters.ts";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { breachOf, differencesIn, schemaOf } from "./frozen.ts";
import { schemaPath, storedFacts } from "./stored.ts";

const Profile = z.strictObject({ gender: z.string(), rosh: z.string() });

const domain = join(import.meta.dirname, "../domain");
const read = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(domain, path), "utf8")) as Record<string, unknown>;

const versions = storedFacts.flatMap(({ folder, type, schema }) =>
  Array.from({ length: currentVersion(type) }, (_, before) => {
    const path = schemaPath({ folder, type, version: before + 1 });
    return { folder, type, schema, version: before + 1, path };
  }),
);
const frozenFiles = globSync("**/golden/schemas/*.json", {
  cwd: domain,
  exclude: ["node_modules"],
});

describe("the shape of a stored fact never changes once it is published", () => {
  it("no schema is kept that nothing reads", () => {
    expect(frozenFiles.toSorted()).toEqual(versions.map(({ path }) => path).toSorted());
  });

  it.each(versions.filter(({ type, version }) => version === currentVersion(type)))(
    "$type is what version $version says",
    ({ path, ...fact }) => {
      const frozen = existsSync(join(domain, path)) ? read(path) : undefined;
      expect(breachOf({ ...fact, frozen })).toEqual([]);
    },
  );

  it("a change is answered with what to do", () => {
    const now = { type: "CaseListed", version: 1, schema: Profile.partial() };
    const frozen = schemaOf(Profile);
    expect(breachOf({ ...now, frozen }).join("\n")).toMatch(
      /CaseListed is no longer.*version 1.*add the next version.*npm run freeze\.\n\/required/,
    );
    expect(breachOf({ ...now, frozen: undefined })).toEqual([
      "CaseListed has no frozen schema of version 1: run npm run freeze.",
    ]);
  });

  it.each(versions)("the example of $type, version $version, fits it", ({ path }) => {
    const example = read(join(dirname(path), "..", basename(path)));
    const frozen = z.fromJSONSchema(read(path));
    expect(frozen.safeParse(example).error?.issues).toBeUndefined();
    expect(frozen.safeParse({ ...example, unknown: 1 }).success).toBe(false);
  });
});

describe("a change is seen, however deep it lies", () => {
  const changed = (now: z.ZodType, before: z.ZodType): readonly string[] =>
    differencesIn(
      schemaOf(z.strictObject({ rows: z.array(before) })),
      schemaOf(z.strictObject({ rows: z.array(now) })),
    );

  it.each<[string, z.ZodType, z.ZodType]>([
    ["an optional field", Profile.extend({ note: z.string().optional() }), Profile],
    ["a looser bound", z.string().max(41), z.string().max(40)],
    ["another lower bound", z.int().min(1), z.int().min(0)],
    ["another regular expression", z.string().regex(/^c\d+$/), z.string().regex(/^c\d{4}$/)],
    ["a value more", z.enum(["a", "b", "c"]), z.enum(["a", "b"])],
    ["a field that need not be there", Profile.partial({ rosh: true }), Profile],
    ["a record that takes anything", z.looseObject(Profile.shape), Profile],
    ["words that cannot be erased", z.strictObject({ said: Words }), text({ said: Words })],
    ["another format", z.iso.datetime(), z.iso.datetime({ precision: 3 })],
    ["null for what is missing", z.string().nullable(), z.string()],
    ["a check more", z.string().refine(Boolean, "say something"), z.string()],
    ["another check", z.int().refine(Boolean, "not nought"), z.int().refine(Boolean, "even")],
    ["trimming", z.string().trim(), z.string()],
  ])("%s", (_, now, before) => {
    expect(changed(now, before)).not.toEqual([]);
    expect(changed(before, before)).toEqual([]);
  });

  it("says where it is and what it was", () => {
    expect(changed(z.string().max(41), z.string().max(40))).toEqual([
      "/properties/rows/items/maxLength: 40 became 41",
    ]);
  });

  it("takes members in another order for the same", () => {
    const [one, other] = [
      { a: z.string(), b: z.string() },
      { b: z.string(), a: z.string() },
    ];
    expect(changed(z.strictObject(one), z.strictObject(other))).toEqual([]);
  });

  it.each([
    z.string().transform(Number),
    z.string().default("none"),
    z.string().catch("none"),
    z.coerce.number(),
  ])("what is read otherwise than it is written cannot be frozen", (schema) => {
    expect(() => schemaOf(z.strictObject({ schema }))).toThrow("a stored shape has no");
  });
});
