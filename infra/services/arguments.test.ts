import { expect, it } from "vitest";

import { readArguments } from "./arguments.ts";

it("starts with the examples, in a folder and on a port of its own, unless told otherwise", () => {
  const usual = { dataDir: "data/services", port: 4600 };
  const start = { kind: "start", ...usual, empty: false, demoClock: false };
  expect(readArguments([])).toEqual(start);
  expect(readArguments(["--empty", "--data", "d", "--port", "0"])).toEqual({
    ...{ kind: "start", dataDir: "d", empty: true, port: 0, demoClock: false },
  });
  expect(readArguments(["--help"])).toEqual({ kind: "help" });
});

it("says what was asked wrongly", () => {
  for (const wrong of [
    ["--port", "x"],
    ["--port", "70000"],
    ["--port="],
    ["--data="],
    ["--what"],
    ["--demo-clock"],
  ])
    expect(readArguments(wrong)).toMatchObject({ kind: "wrong" });
});
