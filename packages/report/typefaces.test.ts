import { join } from "node:path";

import { plainOf, printed } from "@assay/domain/kernel/printed.ts";
import { describe, expect, it } from "vitest";

import { isShaped, typefaces } from "./typefaces.ts";

/** Letters, marks, numbers, punctuation and symbols that Unicode has assigned. */
const isVisible = (code: number): boolean =>
  /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(String.fromCodePoint(code));

/** They have no shape, and join or choose the shapes of their neighbours. */
const joining: ReadonlySet<number> = new Set([0x200c, 0x200d, 0xfe0e, 0xfe0f]);
const spaces: ReadonlySet<number> = new Set([0x09, 0x0a, 0x20]);

const isPrintable = (code: number): boolean =>
  spaces.has(code) ||
  joining.has(code) ||
  (isVisible(code) && typefaces.some((each) => isShaped(each, code)));

const edgesOf = (): string => {
  const steps: string[] = [];
  let [before, last] = [false, 0];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    if (isPrintable(code) === before) continue;
    before = !before;
    steps.push((code - last).toString(36));
    last = code;
  }
  return steps.join(" ");
};

it("has a shape for each character that the domain lets into print", async () => {
  const file = join(import.meta.dirname, "../domain/kernel/printable-characters.ts");
  const source =
    "/**\n * The characters for which a report's typefaces have a shape: where in Unicode they begin and\n" +
    " * end, each as its distance from the one before, to base 36. `typefaces.test.ts` writes it.\n */\n" +
    `export const printableEdges =\n  "${edgesOf()}";\n`;
  await expect(source).toMatchFileSnapshot(file);
});

describe("what people paste", () => {
  const said = printed(1000);

  it.each([
    ["\uf0b7 listened\n\uf0a7\tasked", "- listened\n- asked"],
    ["•\tone\no\ttwo", "- one\n  - two"],
    ["“It’s” fine", `"It's" fine`],
    ["10\u00a0%\u2009of\u202fit", "10 % of it"],
    ["in\u00advisible\u200b\ufeff", "invisible"],
    ["line\u000bbreak\r\nend", "line\nbreak\nend"],
    ["caf\u0065\u0301 \u0091old\u0092 \u0096 page", "caf\u00e9 'old' – page"],
    ["a \uf0e0 b \uf0fc", "a → b ✓"],
  ])("becomes plain: %j", (pasted, plain) => {
    expect(said.parse(pasted)).toBe(plain);
    expect(said.parse(plain)).toBe(plain);
  });

  it("is told what was changed, and how often", () => {
    expect([...plainOf("“a”\u00a0b").changed]).toEqual([
      ["curly quotation marks", 2],
      ["special spaces", 1],
    ]);
  });

  it.each([
    ["a\nb\u0007", "line 2, character 2: U+0007"],
    ["\ue000", "line 1, character 1: U+E000"],
    ["ab\u{f0000}", "line 1, character 3: U+F0000"],
  ])("is refused where nothing can print it: %j", (pasted, place) => {
    const parsed = said.safeParse(pasted);
    expect(parsed.error?.issues[0]?.message).toContain(place);
  });

  it.each([
    "বাংলা",
    "ਪੰਜਾਬੀ",
    "தமிழ்",
    "ไทย",
    "汉字 漢字",
    "かな カナ",
    "한글",
    "اردو",
    "עברית",
    "हिन्दी",
    "😀 👨‍👩‍👧 ❤️",
    "Łódź Šiauliai Çelik",
  ])("is kept where it can: %s", (words) => {
    expect(said.parse(words)).toBe(words.normalize("NFC"));
  });
});
