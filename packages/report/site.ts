/**
 * The public site: a static folder that any web server can serve. Versions are folders that never
 * change; the pages around them are made anew when something that they show does.
 */
import { readFileSync } from "node:fs";

import { planFiles } from "./action-plan-pages.ts";
import { annualFiles } from "./annual-pages.ts";
import { commitmentFiles } from "./commitments.ts";
import { feedFiles } from "./feeds.ts";
import { licence } from "./metadata.ts";
import type { ReportModel } from "./model.ts";
import type { Folder } from "./publish-folder.ts";
import { type Shelf, shelfOf, type SiteSettings, versionPath } from "./shelf.ts";
import { sitePages } from "./site-pages.ts";
import {
  assetFiles,
  type Enclosure,
  type SiteFile,
  textFile,
  versionFiles,
} from "./version-files.ts";

export type Site = { readonly versions: readonly Folder[]; readonly pages: readonly SiteFile[] };

/**
 * One version's folder. A function of the model, the publisher and what is enclosed, so that making
 * it again gives the same bytes.
 */
export const versionFolder = (
  model: ReportModel,
  { publisher }: SiteSettings,
  enclosures: readonly Enclosure[] = [],
): Folder => ({
  path: versionPath(model).replace(/\/$/, ""),
  files: versionFiles(model, publisher, enclosures),
});

/**
 * The pages around the reports, `index.html` last, so that no page leads to what is not there. With
 * `of`, those that something new about that inspection changes; the others stand as they are.
 */
export const pagesAround = (shelf: Shelf, of?: string): readonly SiteFile[] => {
  const { paths, pages } = sitePages(shelf, of);
  return [
    ...assetFiles(),
    textFile(
      "assets/filter.js",
      "text/javascript",
      readFileSync(new URL("./page/filter.js", import.meta.url), "utf8"),
    ),
    textFile("licence.txt", "text/plain", `Open Government Licence v3.0\n${licence}\n`),
    ...annualFiles(shelf),
    ...feedFiles(shelf, paths),
    ...planFiles(shelf, of),
    ...commitmentFiles(shelf.committed ?? [], shelf.publisher),
    ...pages,
  ];
};

/** The whole site at once. */
export const siteOf = (
  versions: readonly ReportModel[],
  settings: SiteSettings,
  enclosedWith: (model: ReportModel) => readonly Enclosure[] = () => [],
): Site => ({
  versions: versions.map((model) => versionFolder(model, settings, enclosedWith(model))),
  pages: pagesAround(shelfOf(versions, settings)),
});
