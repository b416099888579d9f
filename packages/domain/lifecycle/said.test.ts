import fc from "fast-check";
import { expect, it } from "vitest";

import { isSaid, type Said } from "./said.ts";

type Fact = { readonly type: string; readonly of: string; readonly says: number };

const fact = fc.record<Fact>({
  type: fc.constantFrom("Raised", "Closed"),
  of: fc.constantFrom("a", "b"),
  says: fc.nat({ max: 2 }),
});

/** Whether the newest of these about some thing says so, counted from the facts alone. */
const plainly = (facts: readonly Fact[], type: string, says: number): boolean =>
  ["a", "b"].some(
    (of) => facts.findLast((each) => each.type === type && each.of === of)?.says === says,
  );

it("what was said last is known at every moment, in whatever order moments are asked about", () => {
  const asked = fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 20 });
  const every = fc.property(fc.array(fact, { minLength: 1, maxLength: 12 }), asked, (facts, at) => {
    const moments: (Said | undefined)[] = [undefined];
    for (const each of facts) moments.push({ fact: each, keys: ["of"], before: moments.at(-1) });
    for (const moment of at.map((each) => each % moments.length))
      for (const says of [0, 1, 2])
        expect(isSaid(moments[moment], ["Raised"], () => ({ says }))).toBe(
          plainly(facts.slice(0, moment), "Raised", says),
        );
  });
  fc.assert(every, { seed: 16 });
});

it("is known by what it is about, whether the words name that or not", () => {
  const facts = [
    { type: "Raised", of: "a", says: 1 },
    { type: "Raised", of: "b", says: 2 },
  ];
  let said: Said | undefined;
  for (const each of facts) said = { fact: each, keys: ["of"], before: said };
  const isKnown = (written: object): boolean => isSaid(said, ["Raised"], { ...written });
  expect([{ of: "a", says: 1 }, { of: "b", says: 2 }, { says: 2 }].map(isKnown)).toEqual([
    ...[true, true, true],
  ]);
  expect([{ of: "a", says: 2 }, { of: "c", says: 1 }, { says: 3 }].map(isKnown)).toEqual([
    ...[false, false, false],
  ]);
});
