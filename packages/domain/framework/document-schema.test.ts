import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { documentSchema } from "./document-schema.ts";

const published = join(import.meta.dirname, "../../../docs/framework.schema.json");

it("is published in the docs as the engine reads documents", () => {
  expect(JSON.parse(readFileSync(published, "utf8"))).toEqual(
    JSON.parse(JSON.stringify(documentSchema())),
  );
});

/** Facts hold whole documents, and whatever stands under a key `text` in a fact is words. */
it("has no member called text, which would be kept as words about people", () => {
  expect(readFileSync(published, "utf8")).not.toContain('"text": {');
});
