/** The verifier page runs these modules as they are, so that nothing in them may need Node. */
import { readFileSync } from "node:fs";

import { expect, it } from "vitest";

const allowed = [/^@noble\/(hashes|curves)\/[a-z0-9]+\.js$/];

/** What a module still imports once its types are stripped. */
const importsOf = (url: URL): readonly string[] => {
  const source = readFileSync(url, "utf8");
  const statements = source.matchAll(/^(?:import|export) (?!type\b)[^;]*? from "([^"]+)";$/gms);
  return [...statements].map(([, specifier]) => specifier!);
};

const reach = (
  url: URL,
  seen = new Map<string, readonly string[]>(),
): ReadonlyMap<string, readonly string[]> => {
  if (seen.has(url.href)) return seen;
  const imports = importsOf(url);
  seen.set(url.href, imports);
  for (const specifier of imports) {
    if (specifier.startsWith(".")) reach(new URL(specifier, url), seen);
    if (specifier.startsWith("@assay/")) {
      reach(new URL(`../${specifier.slice("@assay/".length)}`, import.meta.url), seen);
    }
  }
  return seen;
};

const foreignTo = (entry: string): readonly string[] =>
  [...reach(new URL(entry, import.meta.url)).values()]
    .flat()
    .filter((specifier) => !specifier.startsWith(".") && !specifier.startsWith("@assay/"))
    .filter((specifier) => !allowed.some((pattern) => pattern.test(specifier)));

it("the verifier imports nothing that a browser lacks", () => {
  expect(foreignTo("verify-bundle.ts")).toEqual([]);
  expect(reach(new URL("verify-bundle.ts", import.meta.url)).size).toBeGreaterThan(12);
});

it("proof files are verified without Node too", () => {
  expect(foreignTo("proof.ts")).toEqual([]);
});

it("tells a module that does need Node", () => {
  expect(new Set(foreignTo("keys.ts"))).toEqual(
    new Set(["node:crypto", "node:fs/promises", "node:path"]),
  );
});
