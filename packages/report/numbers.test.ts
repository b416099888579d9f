import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { describe, expect, it } from "vitest";

import { csvFilesOf } from "./csv.ts";
import { documentOf } from "./document/compose.ts";
import { figure } from "./document/wording.ts";
import { storyOf } from "./golden/story.ts";
import { renderHtml } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { type ReportModel, reportModelOf } from "./model.ts";
import { openDataOf } from "./open-data.ts";
import { renderPdf } from "./pdf.ts";

const publisher = { name: "Inspectorate", url: "https://inspectorate.example/" };
const around = { publisher, home: "../", downloads: [], versionsHref: undefined };

/** A number as it is printed, with its sign of percentage. */
const numberPattern = /(?<![\w.])\d[\d,]*(?:\.\d+)*%?(?![\w])/g;
const numbersIn = (text: string): readonly string[] => text.match(numberPattern) ?? [];
const counted = (numbers: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return new Map([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
};

type Row = readonly string[];

const plain = (html: string): string =>
  html
    .replaceAll(/<svg[\s\S]*?<\/svg>|<a [^>]*href="#[^"]*note[\s\S]*?<\/a>|<[^>]*>/g, "")
    .replaceAll("&amp;", "&")
    .replaceAll("&quot;", '"')
    .replaceAll(/\s+/g, " ")
    .trim();

/** The cells of every table in order; marks of footnotes are no numbers and are left out. */
const htmlTables = (html: string): readonly (readonly Row[])[] =>
  [...html.matchAll(/<table[\s\S]*?<\/table>/g)].map(([table]) =>
    [...table.matchAll(/<tr[\s\S]*?<\/tr>/g)].map(([row]) =>
      [...row.matchAll(/<(t[hd])[^>]*>([\s\S]*?)<\/\1>/g)].map(([, , cell = ""]) =>
        plain(cell).replaceAll(/ \(lowest\)|[*†]+$/g, ""),
      ),
    ),
  );

const markdownTables = (markdown: string): readonly (readonly Row[])[] =>
  [...markdown.matchAll(/(?:^\|.*\n)+/gm)].map(([table]) =>
    table
      .trim()
      .split("\n")
      .filter((line) => !/^\|( :?-+:? \|)+$/.test(line))
      .map((line) =>
        line
          .slice(2, -2)
          .split(" | ")
          .map((cell) => plainMarkdown(cell)),
      ),
  );

const plainMarkdown = (cell: string): string =>
  cell
    .replaceAll("**", "")
    .replaceAll(/\\(.)/g, "$1")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ \([a-z]\)$|[*†]+$/g, "")
    .trim();

const pdfNumbers = async (model: ReportModel): Promise<readonly string[]> => {
  const data = new Uint8Array(renderPdf(model, publisher));
  const pdf = await getDocument({ data, verbosity: 0 }).promise;
  const pages = Array.from({ length: pdf.numPages }, async (_, i) => {
    const { items } = await (await pdf.getPage(i + 1)).getTextContent();
    return items.map((item) => ("str" in item ? item.str : "")).join(" ");
  });
  return numbersIn((await Promise.all(pages)).join(" ").replaceAll(/\s+/g, " "));
};

describe.each([
  ["with counts", () => reportModelOf(storyOf("peterborough-2020"), 2)],
  ["with percentages", () => reportModelOf(storyOf("milton-keynes-2021", { times: 3 }), 1)],
])("every number of a report %s", (_, modelOf) => {
  const model = modelOf();
  const html = renderHtml(model, around);
  const main = /<main[\s\S]*<\/main>/.exec(html)![0].replace(/<nav[\s\S]*?<\/nav>/, "");
  const markdown = renderMarkdown(model);
  const data = openDataOf(model);

  it("stands in the same cell of the same table in HTML and Markdown", () => {
    const tables = htmlTables(main);
    expect(tables.length).toBeGreaterThan(20);
    expect(markdownTables(markdown)).toEqual(tables);
  });

  it("is printed in the PDF as often as in Markdown, and none that is not in the page", async () => {
    const printed = counted(await pdfNumbers(model));
    const inFigures = documentOf(model)
      .chapters.flatMap(({ blocks }) => blocks)
      .flatMap((block) => (block.kind === "figure" ? numbersIn(block.description) : []));
    const wanted = new Map(counted(numbersIn(markdown.replaceAll(/^\d+\. /gm, ""))));
    for (const number of inFigures) wanted.set(number, (wanted.get(number) ?? 0) - 1);
    const missing = [...wanted].filter(([number, times]) => (printed.get(number) ?? 0) < times);
    expect(missing).toEqual([]);
    const known = new Set(numbersIn(`${markdown} ${main.replaceAll(/<[^>]*>/g, " ")}`));
    const pages = new Set(Array.from({ length: 60 }, (_, i) => String(i + 1)));
    const strange = [...printed.keys()].filter((each) => !known.has(each) && !pages.has(each));
    expect(strange).toEqual([]);
  });

  it("is the open data's in the tables of ratings and facts", () => {
    const [ratings = [], ...others] = htmlTables(main).filter(
      ([head]) => head?.[0] === "Standard" && head[1] === "Rating",
    );
    expect(others).toEqual([]);
    expect(ratings.slice(1)).toEqual(
      data.standards.map(({ standard, label, rating, score }) => [
        `${standard} ${label}`,
        rating ?? "Not rated",
        String(score ?? "–"),
      ]),
    );
    const facts = htmlTables(main).find(([head]) => head?.[0] === "Figure" && head.length === 4)!;
    expect(facts.slice(1).map(([, value]) => numbersIn(value!)[0]?.replace("%", ""))).toEqual(
      data.facts.map(({ value }) => figure(value)),
    );
    expect(plain(main)).toContain(`${data.score} out of ${data.maxScore}`);
  });

  it("is the same in every CSV as in JSON", () => {
    const columns = (name: string, wanted: readonly string[]): readonly Row[] => {
      const { text } = csvFilesOf(data).find((file) => file.name === name)!;
      const [head = [], ...rows] = text
        .trimEnd()
        .split("\r\n")
        .map((line) =>
          [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g)].map(
            ([, quoted, bare]) => quoted ?? bare ?? "",
          ),
        );
      return rows.map((row) => wanted.map((column) => row[head.indexOf(column)]!));
    };
    const said = (...values: readonly (string | number | undefined)[]): Row =>
      values.map((each) => String(each ?? ""));
    expect(columns("ratings.csv", ["standard", "rating", "score"])).toEqual(
      data.standards.map(({ standard, rating, score }) => said(standard, rating, score)),
    );
    expect(columns("questions.csv", ["question", "relevant", "yes", "percent"])).toEqual(
      data.standards.flatMap(({ keyQuestions }) =>
        keyQuestions.flatMap(({ keyQuestion, relevant, yes, percent, prompts }) => [
          said(keyQuestion, relevant, yes, percent),
          ...prompts.map((each) => said(each.prompt, each.relevant, each.yes, each.percent)),
        ]),
      ),
    );
    expect(columns("facts.csv", ["name", "value"])).toEqual(
      data.facts.map(({ name, value }) => said(name, value)),
    );
    expect(columns("recommendations.csv", ["number"])).toEqual(
      data.recommendations.map(({ number }) => said(number)),
    );
  });
});
