import { expect, it } from "vitest";

import { readArguments } from "./arguments.ts";

it("starts with the examples, in data, on port 4600, when nothing is said", () => {
  expect(readArguments([])).toEqual({ kind: "start", dataDir: "data", port: 4600, empty: false });
});

it("takes a folder, a port and an empty start", () => {
  expect(readArguments(["--data", "elsewhere", "--port", "0", "--empty"])).toEqual({
    kind: "start",
    dataDir: "elsewhere",
    port: 0,
    empty: true,
  });
});

it.each([["--port", "many"], ["--port", "70000"], ["--data", ""], ["--nonsense"], ["stray"]])(
  "says what is wrong with %s %s",
  (...given) => {
    expect(readArguments(given)).toMatchObject({ kind: "wrong", problem: expect.any(String) });
  },
);
