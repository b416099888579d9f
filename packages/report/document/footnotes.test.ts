import { describe, expect, it } from "vitest";

import { blocksHtml } from "../html-blocks.ts";
import { documentOf } from "./compose.ts";
import { storyOf } from "../golden/story.ts";
import { renderMarkdown } from "../markdown.ts";
import { reportModelOf } from "../model.ts";
import { typstSource } from "../pdf.ts";
import { settingProblems } from "./limits.ts";
import { footnotesIn } from "./footnotes.ts";
import { proseBlocks } from "./prose.ts";

const html = (markdown: string): string => blocksHtml(proseBlocks(markdown, "part"));
const model = reportModelOf(
  storyOf("peterborough-2020", { sections: { foreword: "Seen.[^a]\n\n[^a]: By us." } }),
  1,
);

describe("footnotes", () => {
  it("are numbered through the report in the order in which they are referred to", () => {
    const notes = footnotesIn(documentOf(model).chapters.flatMap(({ blocks }) => blocks));
    expect(notes.map(({ id, number }) => [id, number])).toEqual([
      ["foreword-note-a", 1],
      ["domain-1-note-cook", 2],
      ["domain-1-note-board", 3],
    ]);
  });

  it("stand below their chapter as Markdown, and at the foot of a printed page", () => {
    const words = renderMarkdown(model);
    expect(words).toContain("The board has read of it twice.[^3][^2]");
    expect(words).toContain("[^3]: Minutes of the board, *2020*.");
    const print = typstSource(model, { name: "Inspectorate", url: "https://i.example/" });
    expect(print.match(/#footnote\(/g)?.length).toBe(3);
    expect(print.match(/[^#]footnote\(label/g)?.length).toBe(1);
  });

  it("lead to their text and back on a page", () => {
    const page = html("Seen[^a] there.\n\n[^a]: By [us](https://us.example/).");
    expect(page).toContain('href="#part-note-a" id="part-note-a-from"');
    expect(page).toContain('<li id="part-note-a" value="1">By <a class="govuk-link"');
    expect(page).toContain('href="#part-note-a-from" aria-label="Back to note 1 in the text"');
  });

  it("are told where one is not written, or nothing refers to it", () => {
    expect(settingProblems("One.\n\nTwo.[^b]\n\n[^c]: Three.")).toEqual([
      { line: 3, problem: expect.stringContaining("There is no footnote “b”") },
      { line: 5, problem: expect.stringContaining("No text refers to the footnote “c”") },
    ]);
  });
});

it("says whose words a quotation is, and sets an example of practice apart", () => {
  expect(html("> Kind people.\n> — a parent")).toContain("<figcaption>a parent</figcaption>");
  expect(html("> Kind people.")).not.toContain("figcaption");
  const example = html("> [!EXAMPLE] Cooking <b>\n> - They cook.\n>\n> They talk.");
  expect(example).toContain("<strong>Practice example: Cooking &lt;b&gt;</strong>");
  expect(example).toContain("<li>They cook.</li>");
  expect(example).not.toContain("blockquote");
});
