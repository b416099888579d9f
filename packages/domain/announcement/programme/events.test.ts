import { join } from "node:path";

import { testGolden } from "@assay/spec/golden.ts";
import type { Rules } from "@assay/spec/rules.ts";

import { ProgrammeEvent } from "./events.ts";

/** A programme belongs to no inspection, so the story's world does not carry its rules. */
const programme = {
  name: "programme",
  events: ProgrammeEvent,
  eventTypes: ProgrammeEvent.options.map(({ shape }) => shape.type.value),
} as unknown as Rules;

testGolden(programme, join(import.meta.dirname, "golden"));
