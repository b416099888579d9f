import { describe, expect, it } from "vitest";

import { digestOf } from "../kernel/canonical.ts";
import { maxScoreOf } from "../ratings/overall.ts";
import { Day } from "../kernel/instants.ts";
import { FrameworkVersion } from "./format-1.ts";
import {
  applies,
  caseKeyQuestions,
  caseStandards,
  peopleStandards,
  scoredStandards,
  standardIn,
} from "./standards.ts";
import {
  documentDigest,
  frameworkIn,
  knownFrom,
  versionById,
  versionOn,
  versions,
} from "./versions.ts";
import { document2018, document2021, yos2018, yos2021 } from "./shipped.ts";

const PINNED_2018 = "38cf9f9e831080bf0431019930d73cad27c1c1f2893e27ab599c6c89633d311d";
const PINNED_2021 = "a3cc97fcb5ddd4d553a7cd7f51ccf3cde8fdde708d48edd962a428ecb512d39a";

const day = (text: string): Day => Day.parse(text);

/** A third version, as a document that came from a file. */
const third = () => ({ ...plain(document2021), id: "yos-2030", from: "2030-04-01" });
const read = (document: unknown): FrameworkVersion => FrameworkVersion.parse(document);
const plain = (version: FrameworkVersion) => JSON.parse(JSON.stringify(version));

describe.each([document2018, document2021])("$id", (version) => {
  it("is a document that its own schema accepts and that JSON carries", () => {
    expect(FrameworkVersion.parse(plain(version))).toEqual(version);
  });

  it("has twelve scored standards, so that the best total is 36", () => {
    const framework = frameworkIn(version);
    expect(scoredStandards(framework)).toHaveLength(12);
    expect(maxScoreOf(framework)).toBe(36);
  });
});

describe("the version of 2018", () => {
  it("has as many prompts per key question as the reports print", () => {
    const counts = caseStandards(yos2018).map(({ keyQuestions }) =>
      keyQuestions.map(({ prompts }) => prompts.length),
    );
    expect(counts).toEqual([
      [7, 3, 3],
      [6, 4, 5],
      [7, 2, 3],
      [4, 3, 4],
      [7, 2, 2],
      [8, 3, 4],
      [5, 2, 2],
      [6, 2],
    ]);
  });

  it("asks a court case twelve key questions and an out-of-court case eleven", () => {
    expect(caseKeyQuestions(yos2018, "court")).toHaveLength(12);
    expect(caseKeyQuestions(yos2018, "outOfCourt")).toHaveLength(11);
  });

  it("lets people judge domain one and cases decide the rest", () => {
    expect(peopleStandards(yos2018).map(({ code }) => code)).toEqual(["1.1", "1.2", "1.3", "1.4"]);
  });
});

describe("the version of July 2021", () => {
  it("lets people judge 3.4", () => {
    expect(standardIn(yos2021, "3.4")).toMatchObject({ judged: "by-people", scored: true });
  });

  it("rates resettlement without scoring it, and only where there is a case for it", () => {
    const resettlement = standardIn(yos2021, "4.1");
    expect(resettlement).toMatchObject({ scored: false });
    expect(applies(resettlement!, [{ disposal: "referral-order" }])).toBe(false);
    expect(
      applies(resettlement!, [{ disposal: "section-250" }, { disposal: "referral-order" }]),
    ).toBe(true);
  });
});

describe("finding a version", () => {
  it.each([
    { on: "2018-05-31", id: undefined },
    { on: "2021-06-30", id: "yos-2018" },
    { on: "2021-07-01", id: "yos-2021" },
  ])("for an announcement on $on gives $id", ({ on, id }) => {
    expect(versionOn(day(on))?.id).toBe(id);
  });

  it("by an unknown id gives none", () => {
    expect(versionById("yos-1998")).toBeUndefined();
  });
});

describe("a third version", () => {
  it("needs no code: a document is enough", () => {
    const known = [...versions, knownFrom(read(third()))];
    expect(versionOn(day("2030-04-01"), known)?.id).toBe("yos-2030");
    expect(versionOn(day("2030-03-31"), known)?.id).toBe("youth-justice-2025");
    expect(versions.map(({ framework: { id } }) => id)).not.toContain("yos-2030");
  });

  it("with an unknown member is refused", () => {
    expect(() => read({ ...third(), colour: "red" })).toThrow(/colour/);
  });

  it.each([
    {
      wrong: "the total's bands of another framework",
      spoil: (v: any) => (v.ruleset.overallBands.Outstanding = 37),
      says: /gives more than 36/,
    },
    {
      wrong: "bands that do not rise",
      spoil: (v: any) => (v.ruleset.bands.Good = 50),
      says: /bands rise/,
    },
    {
      wrong: "a standard twice",
      spoil: (v: any) => v.standards.push(v.standards[0]),
      says: /appears twice/,
    },
    {
      wrong: "a key question of another standard",
      spoil: (v: any) => (v.standards[4].keyQuestions[0].code = "2.2.1"),
      says: /begins with its standard/,
    },
    {
      wrong: "a prompt of another key question",
      spoil: (v: any) => (v.standards[4].keyQuestions[0].prompts[0].code = "2.1.2a"),
      says: /begins with its key question/,
    },
    {
      wrong: "a domain that is not listed",
      spoil: (v: any) => v.domains.pop(),
      says: /domain is listed/,
    },
    {
      wrong: "a scored standard that need not apply",
      spoil: (v: any) => (v.standards.at(-1).scored = true),
      says: /cannot be scored/,
    },
    {
      wrong: "windows that do not widen",
      spoil: (v: any) => v.ruleset.sampling.windows.court.reverse(),
      says: /contains the one before/,
    },
  ])("with $wrong is refused", ({ spoil, says }) => {
    const document = third();
    spoil(document);
    expect(() => read(document)).toThrow(says);
  });
});

describe("what an inspection pins", () => {
  it("stays what it was: a published version is never edited", () => {
    expect(documentDigest(document2018)).toBe(PINNED_2018);
    expect(documentDigest(document2021)).toBe(PINNED_2021);
  });

  it("changes with any part of the document", () => {
    const other = {
      ...document2018,
      ruleset: { ...document2018.ruleset, rounding: "down" as const },
    };
    expect(documentDigest(other)).not.toBe(documentDigest(document2018));
    expect(digestOf(plain(document2018))).toBe(documentDigest(document2018));
  });
});
