import { describe, expect, it } from "vitest";

import { identifyingInCommand } from "./warnings.ts";

describe("the name of a file", () => {
  const named = (name: string) =>
    identifyingInCommand({ type: "ReceiveSubmission", name }, undefined).map(({ words }) => words);

  it("is looked through like words", () => {
    expect(named("JaneSmith_2.pdf")).toEqual(["Jane Smith"]);
    expect(named("minutes of 07700-900123.pdf")).toEqual(["07700 900123"]);
    expect(named("board-minutes-2026-03.pdf")).toEqual([]);
  });
});
