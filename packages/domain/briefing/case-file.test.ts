import fc from "fast-check";
import { expect, it } from "vitest";

import { PersonId } from "../kernel/ids.ts";
import { Instant } from "../kernel/instants.ts";
import { type Answered, answersIn, type Given } from "./case-file.ts";

const [by, at] = [PersonId.parse("ann"), Instant.parse("2026-02-03T10:00:00.000Z")];
const question = fc.constantFrom("2.1.1", "2.1.2", "2.1.3");
const given = fc.option(fc.constantFrom("yes", "no", "not-applicable"), { nil: undefined });

it("the answers that count are those of a plain map, whenever somebody reads them", () => {
  const step = fc.record({ question, given, read: fc.boolean() });
  const every = fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
    const plain = new Map<string, Given>();
    let answered: Answered | undefined;
    for (const { question: code, given: answer, read } of steps) {
      const kept = answer && { answer, by, at };
      if (kept) plain.set(code, kept);
      else plain.delete(code);
      answered = { question: code, given: kept, before: answered };
      if (read) expect([...answersIn({ answered })]).toEqual([...plain]);
    }
    expect([...answersIn({ answered })]).toEqual([...plain]);
  });
  fc.assert(every, { seed: 9 });
});
