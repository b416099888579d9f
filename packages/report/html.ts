/**
 * The report as one accessible page, with everything it needs beside it: GOV.UK Design System
 * styles, an open typeface, no script. It reads, prints and works without a network.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { hasScore } from "@assay/domain/ratings/overall.ts";
import nunjucks from "nunjucks";

import type { Document } from "./document/blocks.ts";
import { documentOf } from "./document/compose.ts";
import { chapterHtml, inlineHtml } from "./html-blocks.ts";
import { type Download, linkedDataOf, type Publisher } from "./metadata.ts";
import { provisionalMark } from "./document/provisional.ts";
import { overallInline, type ReportModel } from "./model.ts";

export type PageSurroundings = {
  readonly publisher: Publisher;
  /** Where the publisher's name leads, relative to the page or absolute. */
  readonly home: string;
  readonly downloads: readonly Download[];
  /** The service's page with all versions; undefined where there is none. */
  readonly versionsHref: string | undefined;
};

export const renderHtml = (model: ReportModel, around: PageSurroundings): string => {
  const document = documentOf(model);
  const [caption = "", service = ""] = splitTitle(document);
  const overall = overallInline(model);
  return templates().render("report.njk", {
    ...surroundings(around, document.title, `Ratings, findings and data: ${document.title}.`),
    language: model.framework.language,
    hidden: model.edition !== "published",
    watermark: document.watermark,
    mark: document.mark,
    caption,
    service,
    particulars: document.particulars,
    verdict: overall && inlineHtml([overall, ...provisionalMark(model, "overall")]),
    scored: hasScore(model.framework),
    score: model.result.score,
    maxScore: model.result.maxScore,
    chapters: document.chapters.map(({ id, title }) => ({ id, title })),
    body: document.chapters.map(chapterHtml).join("\n"),
    downloads: around.downloads.map((each) => ({ ...each, size: sizeInWords(each.bytes) })),
    ways: waysFrom(around.downloads),
    alternates: around.downloads,
    versionsHref: around.versionsHref,
    answered: model.reconstruction === undefined,
    linkedData: JSON.stringify(linkedDataOf(model, around)).replaceAll("<", "\\u003c"),
  });
};

/** What most readers look for besides the report's text, where it stands beside the page. */
const waysFrom = (downloads: readonly Download[]) => {
  const beside = (href: string, text: (download: Download) => string) =>
    downloads.filter((each) => each.href === href).map((each) => ({ href, text: text(each) }));
  return [
    ...beside("report.pdf", ({ bytes }) => `Download the report as PDF (${sizeInWords(bytes)})`),
    ...beside("why.html", () => "Why each rating was given"),
    ...beside("verifier.html", () => "Check the ratings yourself"),
    ...(downloads.length > 0 ? [{ href: "#downloads", text: "Downloads and data" }] : []),
  ];
};

const splitTitle = ({ title }: Document): readonly string[] => title.split(": ", 2);

/** What every page of the publisher has. */
export const surroundings = (
  { publisher, home }: Pick<PageSurroundings, "publisher" | "home">,
  title: string,
  description: string,
) => ({
  title: `${title} – ${publisher.name}`,
  description,
  language: "en-GB",
  publisher: publisher.name,
  home,
  assets: "assets",
  footerWords: `Published by ${publisher.name}. Figures and ratings are made from the recorded inspection and can be checked.`,
});

export const sizeInWords = (bytes: number): string => {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
};

const require = createRequire(import.meta.url);
const pageFolder = fileURLToPath(new URL("./page", import.meta.url));

const govukFolder = (): string => dirname(dirname(require.resolve("govuk-frontend")));

/** The publisher's templates, with the Design System's own macros behind them. */
export const templates = (): nunjucks.Environment =>
  nunjucks.configure([pageFolder, govukFolder()], { autoescape: true, trimBlocks: true });

/** The files under `assets/` that every page refers to, by name. */
export const pageAssets = (): ReadonlyMap<string, Uint8Array> => {
  return new Map([
    ["govuk.css", new TextEncoder().encode(designSystemStyles())],
    ["report.css", readFileSync(join(pageFolder, "report.css"))],
    ["icon.svg", readFileSync(join(pageFolder, "icon.svg"))],
    [
      "source-sans-3-400.woff2",
      readFileSync(
        require.resolve("@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff2"),
      ),
    ],
    [
      "source-sans-3-400-italic.woff2",
      readFileSync(
        require.resolve("@fontsource/source-sans-3/files/source-sans-3-latin-400-italic.woff2"),
      ),
    ],
    [
      "source-sans-3-700.woff2",
      readFileSync(
        require.resolve("@fontsource/source-sans-3/files/source-sans-3-latin-700-normal.woff2"),
      ),
    ],
  ]);
};

/** The Design System's typeface may be used on GOV.UK only; an open one takes its place. */
const designSystemStyles = (): string =>
  readFileSync(join(govukFolder(), "govuk", "govuk-frontend.min.css"), "utf8")
    .replaceAll(/@font-face\{[^}]*\}/g, "")
    .replaceAll(/\/\*# sourceMappingURL=.*?\*\//g, "")
    .replaceAll("GDS Transport", '"Source Sans 3"')
    .replaceAll("font-family:sans-serif", 'font-family:"Source Sans 3",arial,sans-serif');
