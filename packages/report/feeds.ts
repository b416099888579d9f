/** What machines follow: feeds of new versions, a sitemap, robots, a catalogue of the data. */
import { lastChange } from "./action-plan.ts";
import { planOf, standingWords } from "./action-plan-pages.ts";
import { escapedMarkup } from "./charts/svg.ts";
import { ratingName } from "./document/wording.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { licence } from "./metadata.ts";
import { firstPublished } from "./model.ts";
import { answeredIn, planPath, type Shelf, versionAddress, type OnShelf } from "./shelf.ts";
import { jsonFile, type SiteFile, textFile } from "./version-files.ts";

export const feedFiles = (shelf: Shelf, pagePaths: readonly string[]): readonly SiteFile[] => [
  textFile("feed.atom", "application/atom+xml", atomOf(shelf)),
  textFile(
    "feed.json",
    "application/feed+json",
    `${JSON.stringify(jsonFeedOf(shelf), undefined, 2)}\n`,
  ),
  textFile("sitemap.xml", "application/xml", sitemapOf(shelf, pagePaths)),
  textFile(
    "robots.txt",
    "text/plain",
    `User-agent: *\nAllow: /\nSitemap: ${shelf.publisher.url}sitemap.xml\n`,
  ),
  jsonFile("data/catalogue.json", catalogueOf(shelf)),
];

const moment = ({ dates }: OnShelf): string => midnight(dates.published ?? dates.concluded);
const midnight = (day: string): string => `${day}T00:00:00Z`;

type Item = {
  readonly address: string;
  readonly title: string;
  readonly summary: string;
  readonly at: string;
};

/**
 * Newest first; a correction is news too, and so is an action plan whenever it gets on. What others
 * published is no news from here, and the day on which it was carried through is made up.
 */
const news = (shelf: Shelf): readonly Item[] =>
  [
    ...shelf.versions
      .filter(({ reconstruction }) => !reconstruction)
      .map((model) => versionNews(shelf, model)),
    ...planNews(shelf),
  ].toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.address < b.address ? 1 : -1));

const versionNews = (shelf: Shelf, model: OnShelf): Item => {
  const { service, version, result, history } = model;
  const score = hasScore(model.framework) ? `, ${result.score} out of ${result.maxScore}` : "";
  const overall = model.framework.overall ? ratingName(result.overall) : "No overall rating";
  const rated = `${overall}${score}.`;
  const correction = history.at(-1)?.correction;
  return {
    address: versionAddress(shelf, model),
    title: version === 1 ? service.name : `${service.name} (correction, version ${version})`,
    summary: correction ? `${rated} What changed: ${correction.what}` : rated,
    at: moment(model),
  };
};

const planNews = (shelf: Shelf): readonly Item[] =>
  answeredIn(shelf).flatMap((model) => {
    const plan = planOf(shelf, model);
    const day = lastChange(plan);
    if (day === undefined) return [];
    const address = `${shelf.publisher.url}${planPath(model)}`;
    const title = `${model.service.name}: action plan`;
    return [{ address, title, summary: standingWords(plan), at: midnight(day) }];
  });

const atomOf = (shelf: Shelf): string => {
  const { name, url } = shelf.publisher;
  const items = news(shelf);
  const entries = items.map(({ address, title, summary, at }) =>
    [
      "<entry>",
      `<id>${escapedMarkup(address)}</id>`,
      `<title>${escapedMarkup(title)}</title>`,
      `<link href="${escapedMarkup(address)}"/>`,
      `<updated>${at}</updated>`,
      `<summary>${escapedMarkup(summary)}</summary>`,
      "</entry>",
    ].join("\n"),
  );
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
    `<id>${escapedMarkup(url)}</id>`,
    `<title>${escapedMarkup(name)}: inspection reports</title>`,
    `<link rel="self" href="${escapedMarkup(url)}feed.atom"/>`,
    `<link href="${escapedMarkup(url)}"/>`,
    `<updated>${items[0]?.at ?? "1970-01-01T00:00:00Z"}</updated>`,
    `<author><name>${escapedMarkup(name)}</name></author>`,
    `<rights>${licence}</rights>`,
    ...entries,
    "</feed>",
    "",
  ].join("\n");
};

const jsonFeedOf = (shelf: Shelf): object => ({
  version: "https://jsonfeed.org/version/1.1",
  title: `${shelf.publisher.name}: inspection reports`,
  home_page_url: shelf.publisher.url,
  feed_url: `${shelf.publisher.url}feed.json`,
  language: "en-GB",
  items: news(shelf).map(({ address, title, summary, at }) => ({
    id: address,
    url: address,
    title,
    content_text: summary,
    date_published: at,
  })),
});

const sitemapOf = (shelf: Shelf, pagePaths: readonly string[]): string => {
  const { url } = shelf.publisher;
  const addresses = [
    ...pagePaths
      .filter((path) => path !== "404.html")
      .map((path) => `${url}${path.replace(/index\.html$/, "")}`),
    ...shelf.versions.map((model) => versionAddress(shelf, model)),
  ];
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...addresses.map((address) => `<url><loc>${escapedMarkup(address)}</loc></url>`),
    "</urlset>",
    "",
  ].join("\n");
};

/** DCAT 3: every version's data, and every action plan's, as datasets of one catalogue. */
const catalogueOf = (shelf: Shelf): object => ({
  "@context": { "@vocab": "http://www.w3.org/ns/dcat#", dct: "http://purl.org/dc/terms/" },
  "@id": `${shelf.publisher.url}data/catalogue.json`,
  "@type": "Catalog",
  "dct:title": `${shelf.publisher.name}: inspection data`,
  "dct:license": { "@id": licence },
  dataset: [
    ...shelf.versions.map((model) =>
      datasetOf({
        page: versionAddress(shelf, model),
        title: `Data of ${model.title}, version ${model.version}`,
        issued: model.reconstruction ? undefined : moment(model).slice(0, 10),
        json: "report.json",
        csv: "questions.csv",
      }),
    ),
    ...answeredIn(shelf).map((model) =>
      datasetOf({
        page: `${shelf.publisher.url}${planPath(model)}`,
        title: `Action plan of ${model.service.name} after ${model.title}`,
        issued: firstPublished(model),
        json: "action-plan.json",
        csv: "progress.csv",
      }),
    ),
    datasetOf({
      page: `${shelf.publisher.url}years/`,
      title: "Ratings and key questions across inspections",
      issued: answeredIn(shelf).map(firstPublished)[0],
      json: "ratings.json",
      csv: "key-questions.csv",
    }),
  ],
});

type Dataset = Readonly<
  Record<"page" | "title" | "json" | "csv", string> & { issued: string | undefined }
>;

const datasetOf = ({ page, title, issued, json, csv }: Dataset): object => ({
  "@id": `${page}#data`,
  "@type": "Dataset",
  "dct:title": title,
  "dct:issued": issued,
  landingPage: { "@id": page },
  distribution: [
    { "@type": "Distribution", downloadURL: `${page}${json}`, mediaType: "application/json" },
    { "@type": "Distribution", downloadURL: `${page}${csv}`, mediaType: "text/csv" },
  ],
});
