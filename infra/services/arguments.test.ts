import { expect, it } from "vitest";

import { readArguments } from "./arguments.ts";

it("starts with the examples, in a folder and on a port of its own, unless told otherwise", () => {
  const start = { kind: "start", dataDir: "data/services", empty: false, port: 4600 };
  expect(readArguments([])).toEqual(start);
  expect(readArguments(["--empty", "--data", "d", "--port", "0"])).toEqual({
    ...{ kind: "start", dataDir: "d", empty: true, port: 0 },
  });
  expect(readArguments(["--help"])).toEqual({ kind: "help" });
});

it("says what was asked wrongly", () => {
  for (const wrong of [["--port", "x"], ["--port", "70000"], ["--port="], ["--data="], ["--what"]])
    expect(readArguments(wrong)).toMatchObject({ kind: "wrong" });
});
