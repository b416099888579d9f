import { expect, it } from "vitest";

import { printed, printedLine, unprintableIn } from "./printed.ts";

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

it("keeps a name on one line, whatever was pasted with it", () => {
  for (const pasted of [
    "The\nmanager",
    " The \r\n\r\n manager\n",
    "The\tmanager",
    "The\u2028manager",
  ])
    expect(printedLine(20).parse(pasted)).toBe("The manager");
  expect(printedLine(20).safeParse("\n\t").success).toBe(false);
  expect(printedLine(20, { blank: true }).parse("\n\t")).toBe("");
  expect(printed(20).parse("The\nmanager")).toBe("The\nmanager");
});
