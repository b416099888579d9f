import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { columnsOfFormat1 } from "../framework/format-1.ts";
import { caseIdOf } from "../kernel/ids.ts";
import { variablesOf } from "./balance.ts";
import { nextReserve, type Profiled } from "./reserves.ts";

const names = ["gender", "disposal", "rosh", "safety"];
const variables = variablesOf(names, columnsOfFormat1);
const profiled = (n: number, row: Partial<Profiled["row"]> = {}): Profiled => ({
  case: caseIdOf(n),
  row: { gender: "male", disposal: "referral-order", rosh: "low", safety: "low", ...row },
});

describe("a replacement", () => {
  const replaced = profiled(1);
  const next = (reserves: readonly Profiled[], used: readonly number[] = []) =>
    nextReserve({ replaced, reserves, used: new Set(used.map(caseIdOf)), variables });

  it("is the reserve that agrees in most variables", () => {
    const far = profiled(2, { rosh: "high", safety: "high" });
    const near = profiled(3, { rosh: "high" });
    expect(next([far, near])).toBe(near.case);
  });

  it("agrees rather in the variable named first", () => {
    const gender = profiled(2, { safety: "high" });
    const safety = profiled(3, { gender: "female" });
    expect(next([safety, gender])).toBe(gender.case);
  });

  it("is the earlier drawn of two that are equally near, and never one already used", () => {
    const reserves = [profiled(9), profiled(4)];
    expect(next(reserves)).toBe("c0009");
    expect(next(reserves, [9])).toBe("c0004");
    expect(next(reserves, [9, 4])).toBeUndefined();
  });

  it("takes other and unknown genders for one group", () => {
    const unusual = { ...replaced, row: { ...replaced.row, gender: "other" as const } };
    const reserves = [profiled(2), profiled(3, { gender: "unknown" })];
    expect(nextReserve({ replaced: unusual, reserves, used: new Set(), variables })).toBe("c0003");
  });

  it("calls every reserve up once before there are none", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("low" as const, "high" as const)), (levels) => {
        const reserves = levels.map((rosh, i) => profiled(i + 2, { rosh }));
        const used: number[] = [];
        for (let id = next(reserves); id; id = next(reserves, used)) used.push(Number(id.slice(1)));
        expect([...used].sort((a, b) => a - b)).toEqual(levels.map((_, i) => i + 2));
      }),
    );
  });
});
