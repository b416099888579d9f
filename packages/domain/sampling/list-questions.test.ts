import { describe, expect, it } from "vitest";

import { document2018 } from "../framework/shipped.ts";
import type { CaseRow } from "./case-list.ts";
import { settingsOfFormat1 } from "./certificate-format-1.ts";
import { identifyingInRows, repeatedIn, repeatedInWords } from "./list-questions.ts";

const settings = settingsOfFormat1(document2018.ruleset.sampling);
const row = (place: number, rest: object = {}): CaseRow => ({
  ...{ ref: `A${place}`, disposal: "referral-order", disposalDay: "2020-02-01", gender: "male" },
  ...{ ageBand: "15-17", ethnicity: "White British", rosh: "low", safety: "low" },
  ...{ manager: "CM1", child: `CH${place}`, restricted: false, workStarted: true },
  ...rest,
});
const twenty = Array.from({ length: 20 }, (_, place) => row(place));

describe("what is asked about a case list", () => {
  it("is why more than a tenth of the cases repeat earlier ones", () => {
    expect(repeatedIn([...twenty, row(1), row(2)], settings)).toEqual([]);
    const [found, ...more] = repeatedIn([...twenty, row(1), row(2), row(3)], settings);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ repeated: 3, cases: 23 });
    expect(repeatedInWords(found!)).toContain(
      "3 of 23 cases repeat an earlier one: Child reference",
    );
  });

  it("is whether a pseudonym is a name, and a text a telephone number", () => {
    const found = (rest: object) => identifyingInRows([row(1, rest)], settings.columns);
    expect(found({})).toEqual([]);
    expect(found({ manager: "Jane Smith" })).toEqual([{ kind: "name", words: "Jane Smith" }]);
    expect(found({ manager: "smith, j" })).toEqual([{ kind: "name", words: "smith, j" }]);
    expect(found({ child: "07700 900123" })).toMatchObject([{ kind: "phone number" }]);
    expect(found({ ethnicity: "see jane@example.org" })).toMatchObject([
      { kind: "e-mail address" },
    ]);
  });
});
