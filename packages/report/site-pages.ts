/** The pages around the reports: the list and its filters, services, versions, years. */
import { planBlocks, planChapters, planOf, planSummary } from "./action-plan-pages.ts";
import { aboutPages } from "./about-pages.ts";
import { annualBlocks } from "./annual-pages.ts";
import { link, paragraph, say, type Table } from "./document/blocks.ts";
import { capitalised, counted, dayInWords, listed } from "@assay/domain/kernel/wording.ts";
import { inWords } from "./document/wording.ts";
import { escapedMarkup } from "./charts/svg.ts";
import { type Choice, cards, filterNav, filtersOf } from "./filters.ts";
import { surroundings, templates } from "./html.ts";
import { blocksHtml, chapterHtml } from "./html-blocks.ts";
import { matrices } from "./matrix.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import type { Publisher } from "./metadata.ts";
import { firstPublished, verdictOf } from "./model.ts";
import {
  answeredIn,
  byService,
  planPath,
  publishedInWords,
  reportPath,
  servicePath,
  type Shelf,
  versionPath,
  yearOf,
  type OnShelf,
} from "./shelf.ts";
import type { Page } from "./site-page.ts";
import { type SiteFile, textFile } from "./version-files.ts";

/** A page that is about some reports alone, or about all of them where none are named. */
type Around = {
  readonly path: string;
  readonly about?: readonly OnShelf[];
  readonly page: () => Page;
};

/** Where every page is; and those that `of` changes, or all of them where it is undefined. */
export const sitePages = (
  shelf: Shelf,
  of?: string,
): { readonly paths: readonly string[]; readonly pages: readonly SiteFile[] } => {
  const all = pagesOf(shelf);
  const environment = templates();
  return {
    paths: all.map(({ path }) => path),
    pages: all
      .filter(({ about }) => !of || !about || about.some(({ inspection }) => inspection === of))
      .map(({ page }) => rendered(page(), shelf.publisher, environment)),
  };
};

const pagesOf = (shelf: Shelf): readonly Around[] => [
  ...answeredIn(shelf).map((model) => ({
    path: `${planPath(model)}index.html`,
    about: [model],
    page: () => planPage(shelf, model),
  })),
  ...shelf.latest.map((model) => ({
    path: `${reportPath(model)}index.html`,
    about: [model],
    page: () => reportPage(shelf, model),
  })),
  ...byService(shelf.latest).map((reports) => ({
    path: `${servicePath(reports[0]!)}index.html`,
    about: reports,
    page: () => servicePage(reports),
  })),
  ...filtersOf(shelf).flatMap(({ choices }) =>
    choices.map((choice) => ({
      path: `${choice.path}index.html`,
      page: () => filterPage(shelf, choice),
    })),
  ),
  { path: "compare/index.html", page: () => comparisonPage(shelf) },
  { path: "years/index.html", page: () => annualPage(shelf) },
  ...aboutPages(shelf.publisher).map((page) => ({ path: page.path, page: () => page })),
  { path: "index.html", page: () => indexPage(shelf) },
];

export const rendered = (page: Page, publisher: Publisher, environment = templates()): SiteFile => {
  const home = page.home ?? ("../".repeat(page.path.split("/").length - 1) || "./");
  const around = surroundings({ publisher, home }, page.heading, page.description);
  return textFile(
    page.path,
    "text/html",
    environment.render("page.njk", { trail: [], ...around, ...page, assets: `${home}assets` }),
  );
};

const indexPage = (shelf: Shelf): Page => ({
  path: "index.html",
  heading: "Inspection reports",
  description: `Inspection reports on ${inspectedBy(shelf)}, with their data.`,
  script: true,
  body: [
    `<p class="govuk-body-l">Reports on ${escapedMarkup(inspectedBy(shelf))}, with what stands ` +
      "behind every rating.</p>",
    filterNav(shelf, undefined, ""),
    cards(shelf, shelf.latest, ""),
    blocksHtml([
      paragraph(
        link("compare/", "Compare services"),
        " · ",
        link("years/", "Ratings by year and standard"),
        " · ",
        link("commitments/", "Announced inspections"),
        " · ",
        link("feed.atom", "Follow new reports (Atom)"),
      ),
    ]),
  ].join("\n"),
});

/** What the published inspections looked at, in the words of their frameworks. */
const inspectedBy = ({ latest }: Shelf): string =>
  listed([...new Set(latest.map(({ framework }) => framework.words.service.many))]) || "services";

const filterPage = (shelf: Shelf, { path, label, holds }: Choice): Page => {
  const found = shelf.latest.filter(holds);
  return {
    path: `${path}index.html`,
    heading: `Reports: ${label}`,
    description: `Inspection reports: ${label}.`,
    trail: [{ href: "../../", label: "Inspection reports" }],
    body: [
      filterNav(shelf, path, "../../"),
      `<p class="govuk-body">${capitalised(counted(found.length, "report"))}.</p>`,
      cards(shelf, found, "../../"),
    ].join("\n"),
  };
};

/** All versions of one report; the newest is the one that counts. */
const reportPage = (shelf: Shelf, latest: OnShelf): Page => {
  const table: Table = {
    kind: "table",
    id: "versions",
    caption: "Versions, each as it was published",
    columns: [
      { label: "Version", numeric: false },
      { label: "Published", numeric: false },
      { label: "What changed, and why", numeric: false },
    ],
    rows: latest.history
      .toReversed()
      .map(({ version, on, correction }) => [
        [link(`${version}/`, `Version ${version}`)],
        [say(latest.reconstruction && !correction ? "By others" : dayInWords(on))],
        [say(correction ? `${correction.what} ${correction.why}` : "First published")],
      ]),
    notes: [],
  };
  return {
    path: `${reportPath(latest)}index.html`,
    heading: latest.title,
    description: `All versions of the report: ${latest.title}.`,
    trail: [
      { href: "../../", label: "Inspection reports" },
      { href: `../../${servicePath(latest)}`, label: latest.service.name },
    ],
    body: blocksHtml([
      paragraph(
        { kind: "strong", children: [say("Overall rating: ")] },
        ...verdictOf(latest),
        hasScore(latest.framework)
          ? ` (${latest.result.score} out of ${latest.result.maxScore})`
          : "",
      ),
      paragraph(
        link(`${latest.version}/`, "Read the report"),
        " or ",
        link(`${latest.version}/report.pdf`, "download the PDF"),
        ".",
      ),
      table,
      latest.reconstruction
        ? paragraph(`${publishedInWords(latest)}. Nothing is known here of what followed it.`)
        : paragraph(
            link("actions/", "What the service does about the recommendations"),
            `: ${planSummary(planOf(shelf, latest))}`,
          ),
      ...(shelf.publisher.console
        ? [
            paragraph(
              "For whoever works on it and may sign in: ",
              link(
                `${shelf.publisher.console}/inspections/${latest.inspection}`,
                "this inspection in Assay",
              ),
              ".",
            ),
          ]
        : []),
    ]),
  };
};

const planPage = (shelf: Shelf, model: OnShelf): Page => {
  const plan = planOf(shelf, model);
  return {
    path: `${planPath(model)}index.html`,
    heading: `Action plan: ${model.service.name}`,
    description: `What ${model.service.name} does about each recommendation, and how far it has come.`,
    trail: [
      { href: "../../../", label: "Inspection reports" },
      { href: `../../../${servicePath(model)}`, label: model.service.name },
      { href: "../", label: "Versions of the report" },
    ],
    body: [blocksHtml(planBlocks(plan)), ...planChapters(plan).map(chapterHtml)].join("\n"),
  };
};

const servicePage = (reports: readonly OnShelf[]): Page => {
  const newest = reports[0]!;
  const { name } = newest.service;
  const intro = paragraph(
    `${capitalised(inWords(reports.length))} inspection${reports.length === 1 ? "" : "s"} published. The newest is first.`,
  );
  return {
    path: `${servicePath(newest)}index.html`,
    heading: name,
    description: `Inspections of ${name}, with every standard’s rating over time.`,
    trail: [{ href: "../../", label: "Inspection reports" }],
    body: blocksHtml([
      intro,
      ...matrices({
        id: "history",
        caption: "Ratings at each inspection",
        reports,
        head: (model) => (model.reconstruction ? yearOf(model) : dayInWords(firstPublished(model))),
        href: (model) => `../../${versionPath(model)}`,
      }),
    ]),
  };
};

const comparisonPage = (shelf: Shelf): Page => ({
  path: "compare/index.html",
  heading: "Compare services",
  description: "The newest ratings of every inspected service beside each other.",
  trail: [{ href: "../", label: "Inspection reports" }],
  body: blocksHtml([
    paragraph(
      "The newest inspection of each. They differ in size and in whom they work with. Ratings under " +
        "different frameworks are never in one table.",
    ),
    ...matrices({
      id: "comparison",
      caption: "Ratings of the services’ newest inspections",
      reports: byService(shelf.latest).map((reports) => reports[0]!),
      head: ({ service }) => service.name,
      href: (model) => `../${versionPath(model)}`,
    }),
  ]),
});

const annualPage = (shelf: Shelf): Page => ({
  path: "years/index.html",
  heading: "Ratings by year and standard",
  description: "How many services and standards have which rating, and how that changes.",
  trail: [{ href: "../", label: "Inspection reports" }],
  body: blocksHtml(annualBlocks(shelf)),
});
