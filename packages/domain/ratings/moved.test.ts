import { yos2018 } from "../framework/shipped.ts";
import { caseRulesOf, standardIn } from "../framework/standards.ts";
import { describe, expect, it } from "vitest";

import { judgePublished, moveOf, moveProblem, movesAllowed } from "./moved.ts";
import { rateStandard } from "./rate.ts";

const rated = (yes: number, relevant: number) =>
  rateStandard({ code: "3.1", domain: 3 }, [{ keyQuestion: "3.1.1", relevant, yes }], rules);
const judge = (
  ...[of, published]: [ReturnType<typeof rated>, Parameters<typeof judgePublished>[1]]
) => judgePublished(of, published, rules);

const rules = caseRulesOf(yos2018, standardIn(yos2018, "2.1")!);

describe("a move", () => {
  it("has a size and a direction", () => {
    expect(moveOf(rules.scale, "Good", "Inadequate")).toMatchObject({
      bands: 2,
      direction: "down",
    });
    expect(moveOf(rules.scale, "Good", "Outstanding")).toMatchObject({ bands: 1, direction: "up" });
    expect(moveOf(rules.scale, "Good", "Good")).toMatchObject({ bands: 0, direction: "none" });
  });

  it("is allowed by one band, up or down, where a trigger is met", () => {
    expect(movesAllowed(rated(3, 5), rules)).toEqual(["Inadequate", "Good"]);
    expect(movesAllowed(rated(0, 5), rules)).toEqual(["Requires improvement"]);
  });

  it.each([
    { of: rated(0, 0), to: "Good" as const, reason: "NotRated" },
    { of: rated(3, 5), to: "Requires improvement" as const, reason: "NotMoved" },
    { of: rated(3, 5), to: "Outstanding" as const, reason: "TooFarMoved" },
    { of: rated(100, 100), to: "Good" as const, reason: "NotEligible" },
  ])("is refused: $reason", ({ of, to, reason }) => {
    expect(moveProblem(of, to, rules)).toMatchObject({ reason, standard: "3.1" });
  });
});

describe("a published rating", () => {
  const upward = { from: "Requires improvement", to: "Good" } as const;

  it("that follows the rule is equal", () => {
    expect(judge(rated(3, 5), { rating: "Requires improvement" })).toMatchObject({
      verdict: "equal",
      problems: [],
    });
  });

  it("that was moved on the record is recorded, with its reason or without", () => {
    const told = { ...upward, reason: "one case of five" };
    expect(judge(rated(3, 5), { rating: "Good", discretion: told })).toMatchObject({
      verdict: "recorded",
      move: { bands: 1, direction: "up" },
      problems: [],
    });
    expect(judge(rated(3, 5), { rating: "Good", discretion: upward })).toMatchObject({
      verdict: "recorded",
      problems: [{ reason: "NoReason" }],
    });
  });

  it("that differs with nothing on record is unexplained", () => {
    expect(judge(rated(3, 5), { rating: "Good" })).toMatchObject({
      verdict: "unexplained",
      problems: [{ reason: "NoDiscretionRecorded" }],
    });
  });

  it("that was moved otherwise than recorded is unexplained", () => {
    const other = { from: "Good", to: "Outstanding", reason: "…" } as const;
    expect(judge(rated(3, 5), { rating: "Good", discretion: other })).toMatchObject({
      verdict: "unexplained",
      problems: [{ reason: "RecordDiffers" }],
    });
  });

  it("that was moved on the record against the rules says which one", () => {
    const far = { from: "Requires improvement", to: "Outstanding", reason: "…" } as const;
    expect(judge(rated(3, 5), { rating: "Outstanding", discretion: far })).toMatchObject({
      verdict: "recorded",
      problems: [{ reason: "TooFarMoved", bands: 1 }],
    });
  });

  it("of a standard that no case can rate is unexplained", () => {
    expect(judge(rated(0, 0), { rating: "Good" })).toMatchObject({
      verdict: "unexplained",
      move: undefined,
    });
  });

  it("that follows the rule though the record speaks of a move is equal, and says so", () => {
    expect(
      judge(rated(3, 5), { rating: "Requires improvement", discretion: upward }),
    ).toMatchObject({
      verdict: "equal",
      problems: [{ reason: "RecordDiffers" }],
    });
  });
});
