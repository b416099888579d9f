import { printed } from "@assay/domain/kernel/printed.ts";
import { expect, it } from "vitest";

import { storyOf } from "./golden/story.ts";
import { pdfTextOf } from "./contract/pdf-text.ts";
import { renderHtml } from "./html.ts";
import { type ReportModel, reportModelOf } from "./model.ts";
import { renderPdf } from "./pdf.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const around = { publisher, home: "../", downloads: [], versionsHref: undefined };
const model = reportModelOf(storyOf("peterborough-2020"), 2);

/** The report with these words wherever somebody writes any. */
const saying = (words: string): ReportModel => ({
  ...model,
  service: { ...model.service, name: words },
  title: `An inspection: ${words}`,
  sections: model.sections.map((each) => ({ ...each, markdown: `${words}\n\n- **${words}**` })),
  facts: model.facts.map((each) => ({ ...each, label: words, source: words })),
  recommendations: [{ number: 1, addressee: words, wording: words, typed: words }],
  history: model.history.map((each) => ({
    ...each,
    correction: { what: words, why: words, typed: words },
  })),
});

const scripts = [
  "বাংলা ভাষা",
  "ਪੰਜਾਬੀ",
  "தமிழ் மொழி",
  "ภาษาไทย",
  "汉字 漢字 かな カナ 한글",
  "اردو زبان",
  "עברית",
  "हिन्दी ગુજરાતી മലയാളം සිංහල తెలుగు",
  "😀 👨‍👩‍👧 ❤️ ☎ ✓",
  "Ελληνικά Кириллица Łódź",
] as const;

it("prints the scripts that people use, in every place where words stand", () => {
  const words = printed(1000).parse(scripts.join(" "));
  expect(renderPdf(saying(words), publisher).length).toBeGreaterThan(50_000);
  expect(renderHtml(saying(words), around)).toContain("বাংলা");
});

it("draws them in its charts as it prints them beside", async () => {
  const standards = model.standards.map((each, at) => ({ ...each, label: scripts[at % 10]! }));
  const drawn = await pdfTextOf(renderPdf({ ...model, standards }, publisher));
  expect(drawn).toContain("1.4 ภาษาไทย 2. Court disposals");
});

const printable = printed(10);

/** The first characters of each block of 128 that somebody may write. */
const samples = (): readonly string[] => {
  const found: string[] = [];
  for (let block = 0; block < 0x30000; block += 0x80) {
    const here: string[] = [];
    for (let code = block; code < block + 0x80 && here.length < 3; code += 1) {
      const character = String.fromCodePoint(code);
      if (/[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(character) && printable.safeParse(character).success)
        here.push(character);
    }
    found.push(...here);
  }
  return found;
};

it("prints whatever is accepted, of every block of Unicode and beside any other", () => {
  const all = samples();
  expect(all.length).toBeGreaterThan(1000);
  const words = printed(20_000).parse(`${all.join(" ")} ${all.join("")}`);
  expect(
    renderPdf(saying(words.replaceAll(/[\\`*_{}[\]<>|~#&]/g, "")), publisher).length,
  ).toBeGreaterThan(50_000);
});
