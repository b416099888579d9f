import { expect, it } from "vitest";

import { readArguments } from "./arguments.ts";

it("starts with the examples, in data, on port 4600, when nothing is said", () => {
  expect(readArguments([])).toEqual({
    kind: "start",
    dataDir: "data",
    port: 4600,
    empty: false,
    demoClock: false,
  });
});

it("takes a folder, a port, an empty start and a clock to move", () => {
  const given = ["--data", "elsewhere", "--port", "0", "--empty", "--demo-clock"];
  expect(readArguments(given)).toEqual({
    kind: "start",
    dataDir: "elsewhere",
    port: 0,
    empty: true,
    demoClock: true,
  });
});

it.each([["--port", "many"], ["--port", "70000"], ["--data", ""], ["--nonsense"], ["stray"]])(
  "says what is wrong with %s %s",
  (...given) => {
    expect(readArguments(given)).toMatchObject({ kind: "wrong", problem: expect.any(String) });
  },
);
