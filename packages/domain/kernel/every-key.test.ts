import { expect, it } from "vitest";

import { everyKeyOf } from "./every-key.ts";

type Row = { readonly a: number; readonly b?: string };

it("gives the keys in the order in which they are listed", () => {
  expect(everyKeyOf<Row>()(["b", "a"])).toEqual(["b", "a"]);
});

it("does not compile where one is left out or unknown", () => {
  // @ts-expect-error `b` is left out.
  expect(everyKeyOf<Row>()(["a"])).toEqual(["a"]);
  // @ts-expect-error `c` is no member.
  expect(everyKeyOf<Row>()(["a", "b", "c"])).toHaveLength(3);
});
