import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { identifyingIn, identifyingInRequest } from "./identifying.ts";

const kinds = (text: string): readonly string[] => identifyingIn(text).map(({ kind }) => kind);

describe("words that could identify somebody", () => {
  it.each([
    ["He told Jordan Example that he would come.", "name", "Jordan Example"],
    ["We spoke to Mrs O'Neill twice.", "name", "Mrs O'Neill"],
    ["The child, born 3 May 2008, was seen.", "date of birth", "born 3 May 2008"],
    ["DOB: 03/05/2008, seen weekly.", "date of birth", "DOB: 03/05/2008"],
    ["Lives at 12 Orchard Lane with an aunt.", "address", "12 Orchard Lane"],
    ["Moved to SW1A 1AA in spring.", "postcode", "SW1A 1AA"],
    ["Ring 07700 900123 after school.", "phone number", "07700 900123"],
    ["Ring +44 7700 900123 after school.", "phone number", "+44 7700 900123"],
    ["Write to someone@example.org first.", "e-mail address", "someone@example.org"],
    ["The file has 943 476 5919 on it.", "NHS or pupil number", "943 476 5919"],
    ["The school gave A801200001001 for this.", "NHS or pupil number", "A801200001001"],
  ])("are found: %s", (text, kind, words) => {
    expect(identifyingIn(text)).toEqual([{ kind, words }]);
  });

  it.each([
    "Made up, so that the console can be tried out.",
    "Planning considered the Youth Justice Board and the Local Safeguarding Partnership.",
    "The plan of 12 June 2021 was reviewed on 14/07/2021, after 3 weeks.",
    "In 24 of 30 cases, 80 per cent, work was of good quality (2.1.3a).",
    "Staff met the child 10 times in 2021; c0012 is compared with this one.",
    "The Youth Rehabilitation Order ended in May. The child is safe.",
    "A drive to reduce risk, at a steady pace in court, close to home.",
    "He was seen 3 times in court, and 12 times on the way home.",
    "Reference 123 456 7890 is no number of the NHS.",
    "Version 1.2.3 of 2021-05-24T09:00:00.000Z",
  ])("are not seen in what names nobody: %s", (text) => {
    expect(identifyingIn(text)).toEqual([]);
  });

  it("stand in the text as they are told, whatever the text is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        for (const { words } of identifyingIn(text)) expect(text).toContain(words);
      }),
    );
  });

  it("are found whatever is written around them", () => {
    const sentence = fc.constantFrom("", "The plan is sound. ", "Seen in May, at home. ");
    const telling = fc.constantFrom(
      "07700 900123",
      "SW1A 1AA",
      "943 476 5919",
      "someone@example.org",
      "born 3 May 2008",
    );
    fc.assert(
      fc.property(sentence, telling, sentence, (before, words, after) => {
        const found = identifyingIn(`${before}It is ${words}. ${after}`);
        expect(found.map((each) => each.words)).toEqual([words]);
      }),
    );
  });

  it("are looked for in sentences of a request alone, each once", () => {
    const rationale = "Call 07700 900123.";
    const recipients = [{ name: "Mrs Manager", address: "a@example.org" }];
    const request = { type: "RecordScope", rationale, recipients, reason: rationale };
    expect(identifyingInRequest(request)).toEqual([
      { kind: "phone number", words: "07700 900123" },
    ]);
    expect(kinds("Nothing.")).toEqual([]);
  });

  it("are not told again to whoever excuses them, but for what is new in the reason", () => {
    const excuse = { type: "ExcuseFinding", words: "Nene Hollow", reason: "It is a park." };
    expect(identifyingInRequest(excuse)).toEqual([]);
    const named = { ...excuse, reason: "We asked Jordan Example." };
    expect(identifyingInRequest(named)).toEqual([{ kind: "name", words: "Jordan Example" }]);
  });

  it("are looked for in a text ten times as long with some ten times the work", () => {
    const letters = (count: number): string =>
      Array.from({ length: count }, (_, index) => `child${index}@example.org`).join(" ");
    const spent = (text: string): number => {
      const runs = Array.from({ length: 3 }, () => {
        const before = process.cpuUsage();
        identifyingIn(text);
        const { user, system } = process.cpuUsage(before);
        return user + system;
      });
      return Math.min(...runs);
    };
    expect(identifyingIn(letters(3000))).toHaveLength(3000);
    expect(spent(letters(30_000)) / spent(letters(3000))).toBeLessThan(40);
  });

  it("are looked for in long texts without end of patience", () => {
    expect(identifyingIn("0".repeat(20_000))).toEqual([]);
    expect(kinds(`${"A".repeat(20_000)}@`)).toEqual([]);
  });
});
