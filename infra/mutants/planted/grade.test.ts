import { expect, it } from "vitest";

import { gradeOf } from "./grade.ts";

it("ten points are well done", () => {
  expect(gradeOf(10)).toBe("well done");
});
