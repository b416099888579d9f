import { expect, it } from "vitest";

import { readable } from "./lines.ts";

it("says what a service logged in words, and an error by its code", () => {
  const logged = { level: "warn", time: "2026-01-01", service: "panel", code: "unavailable" };
  expect(readable(JSON.stringify({ ...logged, msg: "waiting for NATS" }))).toBe(
    "WARN: waiting for NATS  code=unavailable",
  );
  const failed = { level: "error", err: { code: "timeout", message: "m" }, msg: "failed" };
  expect(readable(JSON.stringify(failed))).toBe("ERROR: failed  err=timeout");
});

it("leaves alone what is no log of ours", () => {
  for (const line of ["[1] [INF] Server is ready", '{"a":1}', "{", '"text"'])
    expect(readable(line)).toBe(line);
});
