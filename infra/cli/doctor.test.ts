import { expect, it } from "vitest";

import { atTerminal } from "./contract/at-terminal.ts";

it("finds nothing right where no setting says what to look at", async () => {
  const { status, out } = await atTerminal(["doctor"]);
  expect(out).toContain("Nothing was checked");
  expect(out).not.toContain("is wrong");
  expect(status).toBe(1);
});
