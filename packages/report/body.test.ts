import { faultsInHtml } from "@assay/spec/html.ts";
import { describe, expect, it } from "vitest";

import { outlineIn } from "@assay/domain/framework/outline.ts";
import { youthJustice2025 } from "@assay/domain/framework/shipped.ts";
import { annualOf } from "./annual.ts";
import { csvFilesOf } from "./csv.ts";
import { documentOf } from "./document/compose.ts";
import { everything as model, plain } from "./golden/everything.ts";
import { storyOf } from "./golden/story.ts";
import { renderHtml } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { reportModelOf } from "./model.ts";
import type { Recorded } from "./recorded.ts";
import { openDataOf } from "./open-data.ts";
import { renderPdf, typstSource } from "./pdf.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const around = { publisher, home: "../", downloads: [], versionsHref: undefined };
describe("a report has what its framework's document says", () => {
  const chapters = documentOf(model).chapters;
  const headings = (id: string) =>
    chapters
      .find((chapter) => chapter.id === id)!
      .blocks.flatMap((block) => (block.kind === "heading" ? [[block.level, block.text]] : []));

  it("with a text about each standard and question under its own heading", () => {
    expect(headings("domain-2").slice(0, 7)).toEqual([
      [3, "Strengths"],
      [3, "Areas for improvement"],
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
      "alerts",
      "acknowledgements",
      "methodology",
      "imprint",
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

  it("with its points, tables of figures and imprint", () => {
    const words = renderMarkdown(model);
    const { percent } = model.standards
      .flatMap(({ keyQuestions }) => keyQuestions)
      .find(({ keyQuestion }) => keyQuestion === "2.1.2")!;
    for (const part of [
      `- Safety, in ${percent}%, is seen to. (2.1.2)`,
      "- More. (2.1)",
      "| What | This service | National |",
      "| In post | 1,200 | 18.5 |",
      "| Vacant | – | – |",
      "| Girls | 12% |",
      "Source: The service, 2021.",
      "The youth offending service answered two, and one is closed.",
      "**Led by:** Ada Lead",
      "**ISBN:** 0-306-40615-2",
    ])
      expect(words).toContain(part);
    expect(words).not.toContain("Signed off by");
  });

  it("in its language, as valid HTML", async () => {
    const html = renderHtml(model, around);
    expect(html).toContain('<html lang="cy"');
    expect(await faultsInHtml("everything", html)).toEqual([]);
    expect(typstSource(model, publisher)).toContain('language: "cy", region: none');
    expect(typstSource(plain, publisher)).toContain('language: "en", region: "GB"');
    expect(Buffer.from(renderPdf(model, publisher)).toString("latin1")).toContain("/Lang (cy)");
  });
});

it("counts in how many reports each standard and question is a strength or has to improve", () => {
  expect(
    annualOf([model, { ...model, points: model.points.slice(1) }]).frameworks[0]!.points,
  ).toEqual([
    { about: "2.1", label: "2.1 Assessment", strengths: 0, improvements: 2 },
    { about: "2.1.2", label: "2.1.2 Keeping the child safe", strengths: 1, improvements: 0 },
  ]);
});

it("gives points and tables as data", () => {
  const data = openDataOf(model);
  expect(data.points[1]).toEqual({
    point: "p-2",
    kind: "improvement",
    about: "2.1",
    wording: "More.",
  });
  const csv = new Map(csvFilesOf(data).map(({ name, text }) => [name, text]));
  expect(csv.get("points.csv")).toContain("p-1,strength,2.1.2");
  expect(csv.get("figures.csv")).toContain("staff,In post,1200,18.5,people,The service,2021");
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

it("counts each alert once, and names none of the cases that they are about", () => {
  const story = storyOf("peterborough-2020");
  const closed = story.findIndex(({ event }) => event.type === "FieldworkClosed");
  const { stream, revision, event } = story[closed]!;
  const alert = (type: string, name: string, at: number) =>
    ({ stream, revision: at, event: { ...event, type, alert: name, case: "c0003" } }) as Recorded;
  const told = [
    ...story.slice(0, closed),
    ...["AlertRaised", "AlertNotified", "AlertAnswered", "AlertClosed"].map((type, i) =>
      alert(type, "one", revision + i),
    ),
    ...story
      .slice(closed)
      .map((each) => (each.stream === stream ? { ...each, revision: each.revision + 4 } : each)),
  ];
  expect(reportModelOf(told, "draft").alerts).toEqual({ raised: 1, answered: 1, closed: 1 });
  expect(renderMarkdown(reportModelOf(told, "draft"))).toContain("Inspectors raised one alert");
});
