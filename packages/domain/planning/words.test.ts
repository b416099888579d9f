import { expect, it } from "vitest";

import { ServiceId } from "../kernel/ids.ts";
import { leftOutInWords, whyInWords } from "./words.ts";

const weeks = { closed: 6, blackout: 0, tooSoon: 9, noTeam: 0, full: 1, pace: 0 };
const ranked = {
  risk: { score: 700, caseload: 100, performance: 400, sinceLast: 200 },
  rank: 2,
  of: 155,
};
const people = { conflicted: 8, away: 3, resting: 10, eligible: 39 };

it("says why a service is where it is", () => {
  const why = { ...ranked, decided: "by-rule", earlier: weeks, people, fieldworks: [] } as const;
  expect(whyInWords(why)).toBe(
    "Number 2 of 155 by risk: risk 700 of 1000, of which caseload 100, performance 400, time " +
      "since the last inspection 200. Weeks that did not take it: 9 too soon after its last " +
      "inspection, 6 closed to all fieldwork, 1 full with other services. Of the inspectors, 39 " +
      "could have been in its team; 8 have a conflict of interest, 3 are away, 10 are in or near " +
      "another fieldwork.",
  );
  expect(whyInWords({ ...why, decided: "by-a-person" })).toContain("A person placed it here.");
});

it("says why a service is left out", () => {
  const left = { ...ranked, rank: 1, service: ServiceId.parse("sandford"), weeks };
  expect(leftOutInWords(left)).toBe(
    "The riskiest of 155: risk 700 of 1000. No week takes it. Weeks that did not take it: 9 too " +
      "soon after its last inspection, 6 closed to all fieldwork, 1 full with other services.",
  );
});
