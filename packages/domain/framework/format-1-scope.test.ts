import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { factToday } from "../upcasters.ts";
import { ScopeRecorded } from "../fieldwork/assessment/events.ts";

const golden = (version: number): { readonly type: string } =>
  JSON.parse(
    readFileSync(
      join(import.meta.dirname, `../fieldwork/assessment/golden/scope-recorded.${version}.json`),
      "utf8",
    ),
  );

it("a scope of the first version says the same by the names of the framework", () => {
  const { type, ...data } = golden(1);
  const read = ScopeRecorded.parse(factToday({ type, data, metadata: { version: 1 } }));
  expect(read).toEqual(golden(2));
  expect(read.scope.facts).toMatchObject({ inspectorRosh: "low", safetyChanged: false });
});
