import { expect, it } from "vitest";

import { youthJustice2025 } from "../framework/shipped.ts";
import { readQuestion } from "./import-cells.ts";

it.each([
  ["V1.1", "V1.1"],
  ["v1.1 (a)", "V1.1a"],
  ["QV1.1.a", "V1.1a"],
  ["q2.1.1", "2.1.1"],
  ["9.9.9", "9.9.9"],
  ["2.1.2001", undefined],
  ["first", undefined],
])("reads the code %s as the framework writes it", (text, code) => {
  expect(readQuestion(text, youthJustice2025)).toBe(code);
});
