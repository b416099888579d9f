import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readJson } from "./json-text.ts";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("JSON with its places", () => {
  it("reads what JSON.parse reads", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const read = readJson(text);
        expect(read.ok && JSON.stringify(read.value)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it("refuses what JSON.parse refuses, wherever a character is changed", () => {
    const characters = fc.constantFrom(...'{}[]",:0.-e\\ \n\tatrue\u0000');
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(), characters, (value, at, character) => {
        const text = JSON.stringify(value, undefined, 1);
        const place = at % text.length;
        const changed = text.slice(0, place) + character + text.slice(place + 1);
        const read = readJson(changed);
        if (!read.ok && read.problem.includes("given twice")) return;
        expect(read.ok).toBe(isJson(changed));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['{"a": 1,}', 1, 9, 'expected a name in quotes, found "}"'],
    ['{\n  "a": x\n}', 2, 8, 'expected a value, found "x"'],
    ['{"a": [1, 2', 1, 12, 'expected "," or "]", found the end of the file'],
    ['{"a": "b\n"}', 1, 7, "expected a well-formed string"],
    ['{"a": 1, "a": 2}', 1, 10, '"a" is given twice'],
    ["[1] 2", 1, 5, 'expected the end of the file, found "2"'],
    ["", 1, 1, "expected a value, found the end of the file"],
    ["[".repeat(100), 1, 66, "nested more than 64 deep"],
  ])("says where %j is malformed", (text, line, column, problem) => {
    const read = readJson(text);
    expect(read).toMatchObject({ ok: false, line, column });
    expect(!read.ok && read.problem).toContain(problem);
  });

  it("knows where a value stands, or its nearest parent", () => {
    const read = readJson('{\n "standards": {\n  "2.1": { "rating": "Good" }\n }\n}');
    if (!read.ok) throw new Error(read.problem);
    expect(read.placeOf("standards.2.1.rating")).toEqual({ line: 3, column: 22 });
    expect(read.placeOf("standards.2.1.missing")).toEqual({ line: 3, column: 10 });
    expect(read.placeOf("service")).toEqual({ line: 1, column: 1 });
  });
});
