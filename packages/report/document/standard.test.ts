import { expect, it } from "vitest";

import { adoptedWords } from "./standard.ts";

it("says which rating was published and which the rule gives", () => {
  expect(adoptedWords("Good", "Outstanding")).toBe(
    "The published rating, Outstanding, differs from the rule, which gives Good, and the published " +
      "report gives no reason.",
  );
  expect(adoptedWords(undefined, undefined)).toContain("not rated, differs");
  expect(adoptedWords(undefined, "Good")).toContain("gives no rating,");
});
