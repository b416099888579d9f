import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { proseBlocks } from "./document/prose.ts";
import { blocksHtml } from "./html-blocks.ts";

const html = (markdown: string): string => blocksHtml(proseBlocks(markdown, "part"));

const blocks = "p|h[345]|[uo]l|li|blockquote|div|table|caption|thead|tbody|t[rhd]";
const known = new RegExp(`^</?(${blocks}|strong|em|a|br)\\b[^<>]*>$`);

describe("what a person writes", () => {
  it.each([
    "<script>alert(1)</script>",
    "text <img src=x onerror=alert(1)> text",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt&colon;alert(1))",
    "![a](https://example.com/x.png)",
    '<a href="https://example.com" onclick="x()">a</a>',
    "```html\n<b>x</b>\n```",
    "`<b>`",
  ])("never becomes markup of its own: %s", (markdown) => {
    const written = html(markdown);
    expect(written).not.toMatch(/<(script|img|b|code|pre)\b|<[^>]*\son\w+=|href="javascript/i);
  });

  it("keeps lists, quotations, tables, emphasis and links", () => {
    const written = html(
      "- **one**\n- *two*\n\n> said\n\n| A | B |\n|---|--:|\n| x | 1 |\n\n[site](https://example.com/)",
    );
    expect(written).toContain("<strong>one</strong>");
    expect(written).toContain("<em>two</em>");
    expect(written).toContain("<blockquote");
    expect(written).toContain('<th scope="row"');
    expect(written).toContain('href="https://example.com/"');
  });

  it("begins its headings below the chapter's and leaves no level out", () => {
    const levels = proseBlocks("# A\n\n### B\n\n## C\n\n# D", "part").flatMap((block) =>
      block.kind === "heading" ? [block.level] : [],
    );
    expect(levels).toEqual([3, 4, 4, 3]);
  });

  it.each(["> # Quoted", "- # Listed", "> # Quoted\n\n## Below", "# A\n\n> # Quoted"])(
    "gives a heading in a quotation or a list a level as any other: %j",
    (markdown) =>
      expect(
        html(markdown)
          .match(/<h[^>]*/g)
          ?.every((tag) => /^<h[345]\b/.test(tag)),
      ).toBe(true),
  );

  it("is safe whatever is typed", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.constantFrom("<b x=", "](javascript:", "<!--", "\"'>", "&#x3c;"),
        (text, nasty) => {
          const tags = html(text + nasty + text).match(/<\/?[a-z][^>]*>/gi) ?? [];
          return tags.every((tag) => known.test(tag) && !/javascript:|\son/i.test(tag));
        },
      ),
      { numRuns: 300 },
    );
  });
});
