import { expect, it } from "vitest";

import { csvText } from "./csv-tables.ts";

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")'])(
  "defuses %j, which a spreadsheet would run",
  (text) => {
    const [field = ""] = csvText([[text]]).split("\r\n");
    expect(field.replace(/^"/, "")).toMatch(/^'/);
  },
);

it("leaves numbers and plain words as they are", () => {
  expect(csvText([[-1.5, "Good", "a=b", undefined, true]])).toBe("-1.5,Good,a=b,,true\r\n");
});
