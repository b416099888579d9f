import { getDocument, type PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs";
import { beforeAll, describe, expect, it } from "vitest";

import { pdfText } from "./contract/pdf-text.ts";
import { csvFilesOf, csvMetadataOf } from "./csv.ts";
import { storyOf } from "./golden/story.ts";
import { renderHtml } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { type ReportModel, reportModelOf } from "./model.ts";
import { openDataOf } from "./open-data.ts";
import { renderPdf } from "./pdf.ts";
import { checksum, formsOf } from "./version-files.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const around = { publisher, home: "../", downloads: [], versionsHref: undefined };

const models: readonly (readonly [string, ReportModel])[] = [
  ["with counts", reportModelOf(storyOf("peterborough-2020"), 2)],
  ["with percentages", reportModelOf(storyOf("milton-keynes-2021", { times: 3 }), 1)],
];

/** A question's code, the text after it, and the two numbers of its row. */
type Row = readonly [code: string, relevant: string, answer: string];

const expectedRows = (model: ReportModel): readonly Row[] =>
  model.standards.flatMap(({ keyQuestions }) =>
    keyQuestions.flatMap(({ keyQuestion, prompts, ...asked }) => {
      const answerOf = ({ yes, percent }: { yes: number; percent: number | undefined }): string =>
        model.printed.percentages ? (percent === undefined ? "–" : `${percent}%`) : String(yes);
      return [
        [keyQuestion, String(asked.relevant), answerOf(asked)] as const,
        ...prompts
          .filter(() => prompts.some(({ relevant }) => relevant > 0))
          .map((each) => [each.prompt, String(each.relevant), answerOf(each)] as const),
      ];
    }),
  );

const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&amp;", "&")
    .replaceAll(/ \(lowest\)/g, "")
    .trim();

const htmlRows = (html: string): readonly Row[] => {
  const outsideFigures = html.replaceAll(/<figure[\s\S]*?<\/figure>/g, "");
  return [
    ...outsideFigures.matchAll(
      /<tr class="govuk-table__row"><th scope="row"[^>]*>(.*?)<\/th>(.*?)<\/tr>/g,
    ),
  ].flatMap(([, head = "", cells = ""]) => {
    const code = /^\d\.\d\.\d[a-z]?(?= )/.exec(textOf(head))?.[0];
    const [relevant = "", answer = ""] = [...cells.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map(
      ([, cell]) => textOf(cell!),
    );
    return code ? [[code, relevant, answer] as const] : [];
  });
};

/** Figures print their own table, with the percentages beside the counts: it is left out here. */
const markdownRows = (markdown: string): readonly Row[] => {
  const rows = markdown.split("\n").filter((line) => /^\| \d\.\d\.\d/.test(line));
  return rows.flatMap((line) => {
    const [, head = "", ...cells] = line.split("|").map((cell) => cell.trim());
    const code = /^\d\.\d\.\d[a-z]?/.exec(head)![0];
    const [relevant = "", answer = "", more] = cells.map((cell) => cell.replaceAll(/\*|\\/g, ""));
    const isMargin = /^(\d+\.\d|–)$/.test(more ?? "");
    return more === "" || isMargin ? [[code, relevant, answer] as const] : [];
  });
};

const csvRows = (model: ReportModel): readonly Row[] => {
  const file = csvFilesOf(openDataOf(model)).find(({ name }) => name === "questions.csv")!;
  const [head = "", ...lines] = file.text.trim().split("\r\n");
  const names = head.split(",");
  return lines.map((line) => {
    const cells = line.match(/("([^"]|"")*"|[^,]*)(,|$)/g)!.map((cell) => cell.replace(/,$/, ""));
    const cell = (name: string): string => cells[names.indexOf(name)] ?? "";
    const percent = cell("percent") === "" ? "–" : `${cell("percent")}%`;
    return [cell("question"), cell("relevant"), model.printed.percentages ? percent : cell("yes")];
  });
};

const sorted = (rows: readonly Row[]): readonly string[] =>
  rows.map((row) => row.join(" ")).toSorted();

type Outline = Awaited<ReturnType<PDFDocumentProxy["getOutline"]>>;

const ratingsPage = (pdf: PDFDocumentProxy, outline: Outline) => {
  const { dest } = outline.find(({ title }) => title === "Ratings")!;
  return (typeof dest === "string" ? pdf.getDestination(dest) : Promise.resolve(dest)).then(
    (found) => found![0] as { num: number; gen: number },
  );
};

describe.each(models)("a report %s", (_, model) => {
  let pdf: PDFDocumentProxy;

  beforeAll(async () => {
    const data = renderPdf(model, publisher);
    pdf = await getDocument({ data: new Uint8Array(data), useSystemFonts: false, verbosity: 0 })
      .promise;
  });

  it("has the same numbers in HTML, Markdown, CSV and JSON", () => {
    const expected = sorted(expectedRows(model));
    expect(expected.length).toBeGreaterThan(80);
    expect(sorted(htmlRows(renderHtml(model, around)))).toEqual(expected);
    const asked = new Set(expected.map((row) => row.split(" ")[0]));
    expect(sorted(csvRows(model).filter(([code]) => asked.has(code)))).toEqual(expected);
    const printed = markdownRows(renderMarkdown(model));
    expect(new Set(sorted(printed))).toEqual(new Set(expected));
  });

  it("has them in the PDF too, in the order of the rows", async () => {
    const text = await pdfText(pdf);
    const missing = expectedRows(model).filter(([code, relevant, answer]) => {
      const named = `${code.replaceAll(".", "\\.")} [^\\d]*?(?: [†a-d])?`;
      return !new RegExp(`${named} ${relevant} ${answer}(?!\\d)`).test(text);
    });
    expect(missing).toEqual([]);
    expect(text).toContain(`${model.result.score} out of ${model.result.maxScore}`);
  });

  it("is a tagged PDF/UA-1 with title, language and bookmarks", async () => {
    const { info, metadata } = await pdf.getMetadata();
    expect(info).toMatchObject({ Title: model.title, Language: "en-GB" });
    const marks: unknown = await pdf.getMarkInfo();
    expect(marks instanceof Map ? marks.get("Marked") : marks).toBe(true);
    expect(metadata.getRaw()).toMatch(/pdfuaid:part(>|=")1/);
    const outline = await pdf.getOutline();
    expect(outline.map(({ title }) => title)).toContain("Methodology annexe");
    const first = await pdf.getPageIndex(await ratingsPage(pdf, outline));
    const trees = await Promise.all(
      [first + 1, first + 2].map(async (page) => (await pdf.getPage(page)).getStructTree()),
    );
    const tree = JSON.stringify(trees);
    for (const role of ["H1", "Table", "TR", "TH", "TD"]) expect(tree).toContain(`"${role}"`);
    expect(tree).toMatch(/"alt":"Of twelve standards/);
  });
});

it("sets the same PDF from the same model", () => {
  const [, model] = models[0]!;
  expect(Buffer.from(renderPdf(model, publisher)).equals(renderPdf(model, publisher))).toBe(true);
});

it("marks every page of a copy under embargo", async () => {
  const model = reportModelOf(storyOf("peterborough-2020"), "embargoed");
  const data = renderPdf(model, publisher);
  const copy = await getDocument({ data: new Uint8Array(data), verbosity: 0 }).promise;
  const text = await pdfText(copy);
  expect(text.match(/Under embargo/g)!.length).toBeGreaterThanOrEqual(copy.numPages);
  expect(renderHtml(model, around)).toMatch(/Under embargo[\s\S]*<main/);
  expect(renderHtml(model, around)).toContain('name="robots" content="noindex"');
});

it("describes every column of every table", () => {
  const data = openDataOf(models[0]![1]);
  const metadata = csvMetadataOf(data, "https://inspectorate.example/reports/x/1/") as {
    tables: { url: string; tableSchema: { columns: { name: string }[] } }[];
  };
  const described = metadata.tables.map(({ url, tableSchema }) => [
    url,
    tableSchema.columns.map(({ name }) => name).join(","),
  ]);
  expect(csvFilesOf(data).map(({ name, text }) => [name, text.split("\r\n")[0]])).toEqual(
    described,
  );
});

it("are the same wherever the site stands, so that a publication outlives a move", () => {
  const [[, model]] = models as [(typeof models)[number]];
  const at = (url: string) =>
    formsOf(model, { ...publisher, url }).map(({ body }) => checksum(body));
  expect(at("https://moved.example/site/")).toEqual(at(publisher.url));
  expect(at(publisher.url).length).toBeGreaterThan(8);
});
