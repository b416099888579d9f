/** The list of reports as cards, and its filters: each choice is a page, so none needs a script. */
import { gradesOf } from "@assay/domain/framework/scale.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { escapedMarkup } from "./charts/svg.ts";
import { ratingName } from "./document/wording.ts";
import { slugOf } from "./document/prose.ts";
import { inlineHtml } from "./html-blocks.ts";
import { overallScale, verdictOf } from "./model.ts";
import {
  publishedInWords,
  regionOf,
  type Shelf,
  versionPath,
  yearOf,
  type OnShelf,
} from "./shelf.ts";

export type Choice = {
  readonly path: string;
  readonly label: string;
  readonly holds: (model: OnShelf) => boolean;
};
type Filter = { readonly name: string; readonly choices: readonly Choice[] };

export const filtersOf = (shelf: Shelf): readonly Filter[] => {
  const { latest } = shelf;
  const years = [...new Set(latest.map(yearOf))].toSorted().toReversed();
  const regions = [...new Set(latest.map((model) => regionOf(shelf, model)))]
    .filter((region) => region !== undefined)
    .toSorted();
  const choice = (folder: string, label: string, holds: Choice["holds"]): Choice => ({
    path: `${folder}/${slugOf(label)}/`,
    label,
    holds,
  });
  return [
    {
      name: "Rating",
      // All grades, always: a correction may take the last report from a page, and the page stays.
      choices: overallGrades(latest).map((rating) =>
        choice("rated", rating, ({ result }) => result.overall === rating),
      ),
    },
    {
      name: "Year",
      choices: years.map((year) => choice("published", year, (model) => yearOf(model) === year)),
    },
    {
      name: "Region",
      choices: regions.map((region) =>
        choice("region", region, (model) => regionOf(shelf, model) === region),
      ),
    },
  ].filter(({ choices }) => choices.length > 0);
};

/** Each overall grade of the frameworks used, the best first; those of a later one after them. */
const overallGrades = (latest: readonly OnShelf[]): readonly string[] => [
  ...new Set(
    latest
      .filter(({ framework }) => framework.overall)
      .flatMap((model) => gradesOf(overallScale(model)).toReversed()),
  ),
];

export const filterNav = (shelf: Shelf, current: string | undefined, home: string): string => {
  const item = (path: string, label: string): string =>
    path === current
      ? `<li><span aria-current="page">${escapedMarkup(label)}</span></li>`
      : `<li><a class="govuk-link" href="${home}${path === "" ? "./" : path}">${escapedMarkup(label)}</a></li>`;
  return filtersOf(shelf)
    .map(
      ({ name, choices }) =>
        `<nav aria-label="${name}" data-filter="${name.toLowerCase()}"><ul class="assay-filters"><li class="assay-quiet">${name}</li>` +
        `${choices.map(({ path, label }) => item(path, label)).join("")}</ul></nav>`,
    )
    .join("\n");
};

export const cards = (shelf: Shelf, models: readonly OnShelf[], home: string): string => {
  if (models.length === 0) return "";
  const items = models.map((model) => {
    const region = regionOf(shelf, model);
    const facets = {
      rating: ratingName(model.result.overall),
      year: yearOf(model),
      ...(region !== undefined && { region }),
    };
    const data = Object.entries(facets).map(
      ([name, value]) => ` data-${name}="${escapedMarkup(value)}"`,
    );
    return [
      `<li class="assay-card"${data.join("")}>`,
      `<h2 class="govuk-heading-s"><a class="govuk-link" href="${home}${versionPath(model)}">` +
        `${escapedMarkup(model.service.name)}</a></h2>`,
      `<p>${inlineHtml(verdictOf(model))}</p>`,
      ...(hasScore(model.framework)
        ? [`<p>${model.result.score} out of ${model.result.maxScore}</p>`]
        : []),
      `<p class="assay-quiet">${publishedInWords(model)}` +
        `${region === undefined ? "" : ` · ${escapedMarkup(region)}`}</p>`,
      "</li>",
    ].join("\n");
  });
  return `<ul class="assay-cards" data-filter-list>\n${items.join("\n")}\n</ul>`;
};
