import { expect, it } from "vitest";

import { readFigures } from "./figures-file.ts";

it("reads rows with and without a heading, from commas and from tabs", () => {
  const rows = [
    { label: "Girls", value: 12.5, national: 14 },
    { label: "Boys", value: 1234 },
    { label: "Not known" },
  ];
  expect(readFigures('What,Here,National\nGirls,12.5%,14\nBoys,"1,234",\nNot known,,')).toEqual({
    accepted: true,
    rows,
  });
  expect(readFigures("Girls\t12.5\t14\nBoys\t1234\t\nNot known\t\t")).toEqual({
    accepted: true,
    rows,
  });
});

it("names each cell that holds no figure, and says that there is none at all", () => {
  const read = readFigures("What,Here,National\nGirls,many,14\n,3,4\nBoys,1,2,3");
  const problems = read.accepted ? [] : read.problems;
  expect(problems.map(({ line, column, value }) => [line, column, value])).toEqual([
    [2, 2, "many"],
    [3, 1, ""],
    [4, 4, "3"],
  ]);
  expect(readFigures("").accepted).toBe(false);
  expect(readFigures("What,Here\n").accepted).toBe(false);
});
