import { expect, it } from "vitest";

import { unprintableIn } from "./printed.ts";

it("says where a word stands that no line holds", () => {
  const words = "One line.\n\nIt is ";
  expect(unprintableIn(`${words}${"a".repeat(16_000)}`)).toBeUndefined();
  expect(unprintableIn(`${words}${"a".repeat(16_001)} and more`)).toEqual({
    character: "a word of more than 16000 characters",
    line: 3,
    column: 7,
  });
});

it.each(["中文字符测试，这是一句话。", "日本語のテキスト", "ภาษาไทย"])(
  "takes a long text that has no spaces because its script has none: %s",
  (words) => expect(unprintableIn(words.repeat(4000))).toBeUndefined(),
);
