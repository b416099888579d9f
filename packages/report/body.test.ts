import { describe, expect, it } from "vitest";

import { outlineIn } from "@assay/domain/framework/outline.ts";
import { youthJustice2025 } from "@assay/domain/framework/youth-justice-2025.ts";
import { documentOf } from "./document/compose.ts";
import { storyOf } from "./golden/story.ts";
import { renderHtml } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { type ReportModel, reportModelOf } from "./model.ts";
import { renderPdf, typstSource } from "./pdf.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const around = { publisher, home: "../", downloads: [], versionsHref: undefined };
const plain = reportModelOf(storyOf("peterborough-2020"), 1);
const { framework } = plain;

/** The report under a document that has all that a document may say of a report. */
const model: ReportModel = {
  ...plain,
  framework: {
    ...framework,
    language: "cy",
    provisional: [{ at: ["overall"], what: "The overall rating", why: "It is not published." }],
    domains: framework.domains.map((domain) => ({
      ...domain,
      rating: { scale: framework.scales[0]!.id, combine: { by: "lowest" } },
    })),
    report: {
      ...framework.report,
      sections: [
        ...framework.report.sections,
        { id: "acknowledgements", label: "Acknowledgements", required: false, after: true },
      ],
      texts: { standard: "required", question: "optional" },
      methodology: ["Inspectors stayed for a week."],
    },
  },
  result: { ...plain.result, domains: [{ domain: 1, rating: "Good" }, { domain: 2 }] },
  partners: [{ id: "health", label: "Health", role: "Looks at health care" }],
  sections: [
    ...plain.sections,
    { section: "standard-2-1", markdown: "# Found\n\nAssessments are {{2.1 rating}}." },
    { section: "question-2-1-2", markdown: "Safety is looked at." },
    { section: "question-1-1-3", markdown: "Leaders lead." },
    { section: "acknowledgements", markdown: "We thank everybody." },
  ],
};

describe("a report has what its framework's document says", () => {
  const chapters = documentOf(model).chapters;
  const headings = (id: string) =>
    chapters
      .find((chapter) => chapter.id === id)!
      .blocks.flatMap((block) => (block.kind === "heading" ? [[block.level, block.text]] : []));

  it("with a text about each standard and question under its own heading", () => {
    expect(headings("domain-2").slice(0, 5)).toEqual([
      [3, "Strengths"],
      [3, "Areas for improvement"],
      [3, "2.1 Assessment"],
      [4, "Found"],
      [4, "2.1.2 Keeping the child safe"],
    ]);
    expect(headings("domain-1")).toContainEqual([4, "1.1.3 Leadership"]);
    const { rating } = model.standards.find(({ standard }) => standard === "2.1")!;
    expect(renderMarkdown(model)).toContain(`Assessments are ${rating}.`);
  });

  it("with chapters after the standards, and before the methodology", () => {
    const ids = chapters.map(({ id }) => id);
    expect(ids.slice(ids.indexOf("domain-3"))).toEqual([
      "domain-3",
      "acknowledgements",
      "methodology",
    ]);
  });

  it("with ratings of domains, its own methodology, partners and what is provisional", () => {
    const words = renderMarkdown(model);
    for (const part of [
      "| Domain one: Organisational delivery | Good |",
      "| Domain two: Court disposals | Not rated |",
      "**Rating of the domain:** Good",
      "Inspectors stayed for a week.",
      "Health: Looks at health care",
      "The overall rating: It is not published.",
    ])
      expect(words).toContain(part);
    expect(renderMarkdown(plain)).not.toMatch(/Provisional|Rating of the domain/);
  });

  it("in its language", () => {
    expect(renderHtml(model, around)).toContain('<html lang="cy"');
    expect(typstSource(model, publisher)).toContain('language: "cy", region: none');
    expect(typstSource(plain, publisher)).toContain('language: "en", region: "GB"');
    expect(Buffer.from(renderPdf(model, publisher)).toString("latin1")).toContain("/Lang (cy)");
  });
});

it("asks for texts where the document does, and for those of the kind of inspection alone", () => {
  const texts = (asked: "required" | "optional" | "none") =>
    outlineIn(
      {
        ...youthJustice2025,
        report: { ...youthJustice2025.report, texts: { standard: asked, question: "none" } },
      },
      youthJustice2025.standards.filter(({ domain }) => domain === 3),
    )
      .filter(({ id }) => id.startsWith("standard-") || id.startsWith("question-"))
      .map(({ id, required }) => [id, required]);
  expect(texts("required")).toEqual([["standard-v1", true]]);
  expect(texts("optional")).toEqual([["standard-v1", false]]);
  expect(texts("none")).toEqual([]);
});
