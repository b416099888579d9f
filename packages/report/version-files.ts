/**
 * One published version as files, complete in itself: the page with its assets, the PDF, Markdown,
 * open data and its checksums. It depends on nothing outside its own folder and never changes.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";

import { csvFilesOf, csvMetadataOf } from "./csv.ts";
import { pageAssets, renderHtml } from "./html.ts";
import { renderMarkdown } from "./markdown.ts";
import { mediaTypeOf } from "./media-types.ts";
import { type Download, type Publisher } from "./metadata.ts";
import type { ReportModel } from "./model.ts";
import { openDataOf, openDataSchema } from "./open-data.ts";
import { renderPdf } from "./pdf.ts";

/** `path` has forward slashes and begins with none. */
export type SiteFile = {
  readonly path: string;
  readonly mediaType: string;
  readonly body: Uint8Array;
};

/** Something else that is published with a version, such as the sampling certificate. */
export type Enclosure = SiteFile & { readonly label: string };

/** The files of a version, `index.html` last, so that whoever sees it finds all the others. */
export const versionFiles = (
  model: ReportModel,
  publisher: Publisher,
  enclosures: readonly Enclosure[] = [],
): readonly SiteFile[] => {
  const forms = [...formsOf(model, publisher), ...enclosures];
  const downloads = forms.map(({ path, label, mediaType, body }): Download => ({
    href: path,
    label,
    mediaType,
    bytes: body.length,
    sha256: checksum(body),
  }));
  const sums = downloads.map(({ href, sha256: sum }) => `${sum}  ${href}\n`).join("");
  const page = renderHtml(model, { publisher, home: "../../../", downloads, versionsHref: "../" });
  return [
    ...forms.map(({ path, mediaType, body }) => ({ path, mediaType, body })),
    textFile("SHA256SUMS", "text/plain", sums),
    ...assetFiles(),
    textFile("index.html", "text/html", page),
  ];
};

/**
 * What depends on the report and its publisher's name alone: the fact of its publication names
 * these, so they are the same at another address. Enclosures and the page name that fact.
 */
export const formsOf = (model: ReportModel, publisher: Publisher): readonly Enclosure[] => {
  const data = openDataOf(model);
  const form = (label: string, file: SiteFile): Enclosure => ({ ...file, label });
  return [
    form("Report (PDF, accessible)", {
      path: "report.pdf",
      mediaType: "application/pdf",
      body: renderPdf(model, publisher),
    }),
    form("Report (Markdown)", textFile("report.md", "text/markdown", renderMarkdown(model))),
    form("Data (JSON)", jsonFile("report.json", data)),
    form(
      "Schema of the data (JSON Schema)",
      jsonFile("report.schema.json", openDataSchema("report.schema.json")),
    ),
    ...csvFilesOf(data).map(({ name, title, text }) =>
      form(`${title} (CSV)`, textFile(name, "text/csv", text)),
    ),
    form(
      "Description of the tables (CSVW)",
      jsonFile("csv-metadata.json", csvMetadataOf(data, "")),
    ),
  ];
};

export const assetFiles = (): readonly SiteFile[] =>
  [...pageAssets()].map(([name, body]) => ({
    path: `assets/${name}`,
    mediaType: mediaTypeOf(name),
    body,
  }));

export const textFile = (path: string, mediaType: string, text: string): SiteFile => ({
  path,
  mediaType,
  body: new TextEncoder().encode(text),
});

export const jsonFile = (path: string, value: object): SiteFile =>
  textFile(path, mediaTypeOf(path), `${JSON.stringify(value, undefined, 2)}\n`);

export const checksum = (body: Uint8Array): string => bytesToHex(sha256(body));
