/** What machines follow: feeds of new versions, a sitemap, robots, a catalogue of the data. */
import { escapedMarkup } from "./charts/svg.ts";
import { ratingName } from "./document/wording.ts";
import { licence } from "./metadata.ts";
import type { ReportModel } from "./model.ts";
import { type Shelf, versionAddress } from "./shelf.ts";
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

const moment = ({ dates }: ReportModel): string =>
  `${dates.published ?? dates.concluded}T00:00:00Z`;

/** Newest first; a correction is news too. */
const news = ({ versions }: Shelf): readonly ReportModel[] =>
  versions.toSorted((a, b) =>
    moment(a) < moment(b) ? 1 : moment(a) > moment(b) ? -1 : b.version - a.version,
  );

const newsTitle = ({ service, version }: ReportModel): string =>
  version === 1 ? service.name : `${service.name} (correction, version ${version})`;

const summaryOf = ({ result, history }: ReportModel): string => {
  const rated = `${ratingName(result.overall)}, ${result.score} out of ${result.maxScore}.`;
  const correction = history.at(-1)?.correction;
  return correction ? `${rated} What changed: ${correction.what}` : rated;
};

const atomOf = (shelf: Shelf): string => {
  const { name, url } = shelf.publisher;
  const items = news(shelf);
  const entries = items.map((model) => {
    const address = escapedMarkup(versionAddress(shelf, model));
    return [
      "<entry>",
      `<id>${address}</id>`,
      `<title>${escapedMarkup(newsTitle(model))}</title>`,
      `<link href="${address}"/>`,
      `<updated>${moment(model)}</updated>`,
      `<summary>${escapedMarkup(summaryOf(model))}</summary>`,
      "</entry>",
    ].join("\n");
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
    `<id>${escapedMarkup(url)}</id>`,
    `<title>${escapedMarkup(name)}: inspection reports</title>`,
    `<link rel="self" href="${escapedMarkup(url)}feed.atom"/>`,
    `<link href="${escapedMarkup(url)}"/>`,
    `<updated>${items[0] ? moment(items[0]) : "1970-01-01T00:00:00Z"}</updated>`,
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
  items: news(shelf).map((model) => ({
    id: versionAddress(shelf, model),
    url: versionAddress(shelf, model),
    title: newsTitle(model),
    content_text: summaryOf(model),
    date_published: moment(model),
  })),
});

const sitemapOf = (shelf: Shelf, pagePaths: readonly string[]): string => {
  const { url } = shelf.publisher;
  const addresses = [
    ...pagePaths.map((path) => `${url}${path.replace(/index\.html$/, "")}`),
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

/** DCAT 3: every version's data as a dataset of one catalogue. */
const catalogueOf = (shelf: Shelf): object => ({
  "@context": { "@vocab": "http://www.w3.org/ns/dcat#", dct: "http://purl.org/dc/terms/" },
  "@id": `${shelf.publisher.url}data/catalogue.json`,
  "@type": "Catalog",
  "dct:title": `${shelf.publisher.name}: inspection data`,
  "dct:license": { "@id": licence },
  dataset: shelf.versions.map((model) => ({
    "@id": `${versionAddress(shelf, model)}#data`,
    "@type": "Dataset",
    "dct:title": `Data of ${model.title}, version ${model.version}`,
    "dct:issued": moment(model).slice(0, 10),
    landingPage: { "@id": versionAddress(shelf, model) },
    distribution: [
      {
        "@type": "Distribution",
        downloadURL: `${versionAddress(shelf, model)}report.json`,
        mediaType: "application/json",
      },
      {
        "@type": "Distribution",
        downloadURL: `${versionAddress(shelf, model)}questions.csv`,
        mediaType: "text/csv",
      },
    ],
  })),
});
