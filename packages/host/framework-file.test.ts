import { expect, it } from "vitest";

import { readFrameworkDocument } from "./framework-file.ts";

const problemsOf = (text: string) => {
  const read = readFrameworkDocument(new TextEncoder().encode(text));
  return read.accepted ? [] : read.problems;
};

it("tells what is missing from what is wrong, each at its place", () => {
  const found = problemsOf('{ "format": 2, "id": 7,\n  "words": { "body": {} } }');
  expect(found).toContainEqual({ line: 1, column: 22, path: "id", problem: "Id must be text" });
  expect(found).toContainEqual({ line: 1, column: 1, path: "label", problem: "it is missing" });
  expect(found).toContainEqual(
    expect.objectContaining({ line: 2, path: "words.case", problem: "it is missing" }),
  );
});

it("says what a group of settings is, where something else stands in its place", () => {
  expect(problemsOf('{ "format": 2, "caseBands": [] }')).toContainEqual(
    expect.objectContaining({
      path: "caseBands",
      problem:
        'Case bands must be a group of named values, each with its name, such as { "Good": 65 }',
    }),
  );
});

it("says of what is no document where it breaks off", () => {
  expect(problemsOf("[1,")).toMatchObject([{ line: 1, path: "" }]);
  expect(readFrameworkDocument(new Uint8Array([0xff]))).toMatchObject({
    problems: [{ problem: "it is not text in UTF-8" }],
  });
});
