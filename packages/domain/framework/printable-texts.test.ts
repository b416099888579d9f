import { expect, it } from "vitest";

import { DocumentToAdopt, knownById } from "./versions.ts";

type Path = readonly (string | number)[];

/** Every place of a document where a sentence stands. */
const sentencesIn = (part: unknown, path: Path): readonly Path[] => {
  if (typeof part === "string") return /[A-Za-z] [a-z]/.test(part) ? [path] : [];
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]) =>
    sentencesIn(inner, [...path, Array.isArray(part) ? Number(name) : name]),
  );
};

const changed = (part: unknown, [name, ...rest]: Path): unknown => {
  if (name === undefined) return `${String(part)}\u0007`;
  const copy = structuredClone(part) as Record<string | number, unknown>;
  copy[name] = changed(copy[name], rest);
  return copy;
};

it("adopts no document with a text that cannot be printed, and names the place", () => {
  const { document } = knownById("youth-justice-2025")!;
  expect(DocumentToAdopt.safeParse(document).success).toBe(true);
  const places = sentencesIn(document, []);
  expect(places.length).toBeGreaterThan(100);
  const answers = places.map((path) => DocumentToAdopt.safeParse(changed(document, path)));
  expect(places.filter((_, at) => answers[at]!.success)).toEqual([]);
  const told = answers.flatMap(({ error }) => error?.issues ?? []);
  expect(told).toContainEqual(
    expect.objectContaining({
      path: ["label"],
      message: expect.stringMatching(/^line 1, character \d+: U\+0007 cannot be printed/),
    }),
  );
});
