import { caseRulesOf, standardIn } from "../framework/standards.ts";
import { describe, expect, it } from "vitest";

import { yos2018 } from "../framework/shipped.ts";
import { rateStandard } from "../ratings/rate.ts";
import { reasonDoubts } from "./reasons.ts";

const rules = caseRulesOf(yos2018, standardIn(yos2018, "2.2")!);

/** 80%, 100% and 89%: the lowest stands exactly on the boundary. */
const board = rateStandard(
  { code: "2.2", domain: 2 },
  [
    { keyQuestion: "2.2.1", relevant: 5, yes: 4 },
    { keyQuestion: "2.2.2", relevant: 9, yes: 9 },
    { keyQuestion: "2.2.3", relevant: 9, yes: 8 },
  ],
  rules,
);

const problems = (reason: string, move?: { from: "Good"; to: "Outstanding" }) =>
  reasonDoubts(reason, { board, rules, ...(move && { move }) }).map(({ problem }) => problem);

describe("a reason that fits its numbers", () => {
  it.each([
    "Four of five cases were sufficient, on a sub-sample of 5 cases.",
    "The lowest percentage was 80%, the others 89 per cent and 100%.",
    "One different judgement in one case would have changed it.",
    "Only one of the five cases fell short (1 of 5).",
    "All are at least 80 per cent and two of the three key questions stand above 85%.",
    "It rests on five cases or fewer.",
    "89% is nine points above the 80 per cent boundary.",
    "It is within five percentage points of a boundary.",
    "Close to 80 per cent, and below the 90 per cent that others reached.",
    "The percentage of 2.2.1 was looked at on 24/05/2021.",
    "We saw good work.",
  ])("raises no doubt: %s", (reason) => {
    expect(problems(reason)).toEqual([]);
  });
});

describe("a reason that contradicts its numbers", () => {
  it.each([
    ["The lowest was below 80 per cent.", "below-but-none-is"],
    ["Every question was under 80%.", "below-but-none-is"],
    ["The others were above 100 percent.", "above-but-none-is"],
    ["Work was sufficient in 75% of cases.", "percentage-not-on-the-board"],
    ["Three of five cases were sufficient.", "count-not-on-the-board"],
    ["7/9 were sufficient.", "count-not-on-the-board"],
    ["The sub-sample was six cases.", "cases-not-on-the-board"],
    ["It stood two points below the 80 per cent boundary.", "distance-not-so"],
  ])("raises one: %s", (reason, problem) => {
    expect(problems(reason)).toEqual([problem]);
  });

  it("names another move than the one that was made", () => {
    const move = { from: "Good", to: "Outstanding" } as const;
    expect(problems("Moved from Good to Outstanding.", move)).toEqual([]);
    expect(problems("Moved from Inadequate to Good.", move)).toEqual(["move-not-so"]);
  });

  it("is shown with the place and the words", () => {
    const reason = "We found it below 80 per cent.";
    const [doubt] = reasonDoubts(reason, { board, rules });
    expect(doubt).toMatchObject({ quote: "below 80 per cent", start: 12, end: 29 });
    expect(reason.slice(doubt!.start, doubt!.end)).toBe(doubt!.quote);
    expect(doubt!.words).toContain("80, 100, 89%");
  });
});
