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
