import { expect, it } from "vitest";

import { mutated, mutationsOf } from "./mutations.ts";

const changes = (source: string): readonly string[] =>
  mutationsOf("a.ts", source).map((each) => `${each.kind}: ${mutated(source, each)}`);

it.each([
  ["if (a) b();", ["condition: if (!(a)) b();", "statement removed: if (a) ;"]],
  ["c = a < 1;", ["bound: c = a <= 1;", "value: c = a < 2;"]],
  ["c = a && b;", ["condition: c = a || b;"]],
  ["c = a - b;", ["arithmetic: c = a + b;"]],
  ['c = "31 to 37";', ['words: c = "31 to 37x";']],
  ["c = `${n} %`;", ["words: c = `${n} `;"]],
  ["c = [a, b];", ["element removed: c = [ b];", "element removed: c = [a];"]],
  ["c = { a, b };", ["property removed: c = {  b };", "property removed: c = { a };"]],
  ["c = f(a, b);", ["arguments swapped: c = f(b, a);"]],
  ["const f = () => a;", ["nothing returned: const f = () => undefined;"]],
  ["const f = () => { return a; };", ["nothing returned: const f = () => { return undefined; };"]],
])("%s", (source, expected) => {
  expect(changes(source)).toEqual(expect.arrayContaining(expected));
});

it("leaves types, imports, codes and the names of members alone", () => {
  const source =
    'import { a } from "x y";\ntype T = "a b" | 1;\nexport const b: T = a["code"] ?? "NotSo";\nexport const d = () => undefined;\nexport const c = { types: { events: {} as T } };';
  expect(changes(source)).toEqual([]);
});
