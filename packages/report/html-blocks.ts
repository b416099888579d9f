/** Blocks as HTML in the GOV.UK Design System's classes. Every word is escaped on its way in. */
import type { Rating, Scale } from "@assay/domain/framework/scale.ts";
import { escapedMarkup } from "./charts/svg.ts";
import { ratingSymbol, toneOf } from "./charts/rating-looks.ts";
import type { Block, Chapter, Figure, Inline, Note, Table } from "./document/blocks.ts";
import { type Footnote, footnotesIn } from "./document/footnotes.ts";

export const chapterHtml = ({ id, title, blocks }: Chapter): string =>
  `<section class="assay-chapter" aria-labelledby="${id}">\n` +
  `<h2 class="govuk-heading-l" id="${id}">${escapedMarkup(title)}</h2>\n` +
  `${blocksHtml(blocks)}\n</section>`;

/** Blocks with the footnotes that they refer to below them. */
export const blocksHtml = (blocks: readonly Block[]): string => {
  const notes = footnotesIn(blocks).filter(({ first }) => first);
  return notes.length === 0 ? insideHtml(blocks) : `${insideHtml(blocks)}\n${footnotesHtml(notes)}`;
};

const insideHtml = (blocks: readonly Block[]): string => blocks.map(blockHtml).join("\n");

const footnotesHtml = (notes: readonly Footnote[]): string =>
  '<ol class="govuk-list assay-notes assay-footnotes">\n' +
  notes
    .map(
      ({ id, number, children }) =>
        `<li id="${id}" value="${number}">${inlineHtml(children)} ` +
        `<a class="govuk-link" href="#${id}-from" aria-label="Back to note ${number} in the text">` +
        "↩</a></li>",
    )
    .join("\n") +
  "\n</ol>";

const headingClass = {
  2: "govuk-heading-l",
  3: "govuk-heading-m",
  4: "govuk-heading-s",
  5: "govuk-heading-s",
} as const;

const blockHtml = (block: Block): string => {
  switch (block.kind) {
    case "heading": {
      const { level, id, text } = block;
      return `<h${level} class="${headingClass[level]}" id="${id}">${escapedMarkup(text)}</h${level}>`;
    }
    case "paragraph":
      return `<p class="govuk-body">${inlineHtml(block.children)}</p>`;
    case "list":
      return listHtml(block);
    case "quote":
      return quoteHtml(block);
    case "example":
      return (
        '<div class="assay-example">\n' +
        `<p class="govuk-body"><strong>Practice example: ${escapedMarkup(block.title)}</strong></p>\n` +
        `${insideHtml(block.children)}\n</div>`
      );
    case "notice":
      return `<div class="govuk-inset-text assay-notice">${inlineHtml(block.children)}</div>`;
    case "table":
      return tableHtml(block);
    case "figure":
      return figureHtml(block);
  }
};

const quoteHtml = ({ children, from }: Extract<Block, { kind: "quote" }>): string => {
  const quote = `<blockquote class="assay-quote">${insideHtml(children)}</blockquote>`;
  return from === undefined
    ? quote
    : `<figure class="assay-said">${quote}<figcaption>${escapedMarkup(from)}</figcaption></figure>`;
};

const listHtml = ({ ordered, start, items }: Extract<Block, { kind: "list" }>): string => {
  const tag = ordered ? "ol" : "ul";
  const kind = ordered ? "number" : "bullet";
  const from = ordered && start !== 1 ? ` start="${start}"` : "";
  const lines = items.map((item) => `<li>${itemHtml(item)}</li>`).join("\n");
  return `<${tag} class="govuk-list govuk-list--${kind} govuk-list--spaced"${from}>\n${lines}\n</${tag}>`;
};

/** A lone paragraph needs no paragraph of its own in a list. */
const itemHtml = (item: readonly Block[]): string =>
  item
    .map((block, i) =>
      block.kind === "paragraph" && i === 0 ? inlineHtml(block.children) : blockHtml(block),
    )
    .join("\n");

export const tableHtml = (table: Table): string => {
  const { id, caption, columns, rows, notes } = table;
  const size = table.dense ? " govuk-table--small-text-until-tablet assay-table--dense" : "";
  const heads = columns.map(
    ({ label, numeric }) =>
      `<th scope="col" class="govuk-table__header${numericClass("header", numeric)}">` +
      `${escapedMarkup(label)}</th>`,
  );
  const lines = rows.map((cells) => {
    const inside = cells.map((cell, i) => cellHtml(cell, i === 0, columns[i]?.numeric ?? false));
    return `<tr class="govuk-table__row">${inside.join("")}</tr>`;
  });
  return (
    `<div class="assay-scroll" role="group" aria-labelledby="${id}-caption" tabindex="0">\n` +
    `<table class="govuk-table${size}" id="${id}">\n` +
    `<caption class="govuk-table__caption govuk-table__caption--s" id="${id}-caption">` +
    `${escapedMarkup(caption)}</caption>\n` +
    '<thead class="govuk-table__head"><tr class="govuk-table__row">' +
    `${heads.join("")}</tr></thead>\n` +
    `<tbody class="govuk-table__body">\n${lines.join("\n")}\n</tbody>\n</table>\n</div>` +
    notesHtml(notes)
  );
};

const numericClass = (part: "header" | "cell", numeric: boolean): string =>
  numeric ? ` govuk-table__${part}--numeric` : "";

const cellHtml = (cell: readonly Inline[], first: boolean, numeric: boolean): string =>
  first
    ? `<th scope="row" class="govuk-table__header assay-row-header">${inlineHtml(cell)}</th>`
    : `<td class="govuk-table__cell${numericClass("cell", numeric)}">${inlineHtml(cell)}</td>`;

const notesHtml = (notes: readonly Note[]): string =>
  notes.length === 0
    ? ""
    : `\n<ul class="govuk-list assay-notes">\n${notes.map(noteHtml).join("\n")}\n</ul>`;

const noteHtml = ({ id, mark, children }: Note): string =>
  `<li id="${id}">${mark === "" ? "" : `<sup>${escapedMarkup(mark)}</sup> `}${inlineHtml(children)}</li>`;

const figureHtml = ({ id, caption, svg, table }: Figure): string =>
  `<figure class="assay-figure" id="${id}">\n` +
  `<figcaption class="govuk-heading-s">${escapedMarkup(caption)}</figcaption>\n` +
  `<div class="assay-scroll assay-drawing" role="group" aria-label="${escapedMarkup(caption)}" ` +
  `tabindex="0">${svg}</div>\n` +
  (table
    ? '<details class="govuk-details"><summary class="govuk-details__summary">' +
      '<span class="govuk-details__summary-text">The numbers behind this chart' +
      `<span class="govuk-visually-hidden">: ${escapedMarkup(caption)}</span></span></summary>` +
      `<div class="govuk-details__text">${tableHtml(table)}</div></details>\n`
    : "") +
  "</figure>";

export const inlineHtml = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline): string => {
      switch (inline.kind) {
        case "text":
          return escapedMarkup(inline.text);
        case "strong":
          return `<strong>${inlineHtml(inline.children)}</strong>`;
        case "emphasis":
          return `<em>${inlineHtml(inline.children)}</em>`;
        case "lowest":
          return (
            `<strong>${escapedMarkup(inline.text)}</strong>` +
            '<span class="govuk-visually-hidden"> (lowest)</span>'
          );
        case "recorded":
          return `<a class="govuk-link assay-recorded" href="${escapedMarkup(inline.href)}">${escapedMarkup(inline.text)}</a>`;
        case "link":
          return `<a class="govuk-link" href="${escapedMarkup(inline.href)}">${inlineHtml(inline.children)}</a>`;
        case "rating":
          return inline.rating
            ? ratingHtml(inline.scale, inline.rating, inline.brief === true)
            : "Not rated";
        case "mark":
          return (
            `<a class="assay-mark" href="#${inline.note}">` +
            '<span class="govuk-visually-hidden"> note </span>' +
            `<sup>${escapedMarkup(inline.mark)}</sup></a>`
          );
        case "footnote":
          return (
            `<a class="assay-mark" href="#${inline.id}"${inline.first ? ` id="${inline.id}-from"` : ""}>` +
            `<span class="govuk-visually-hidden"> note </span><sup>${inline.number}</sup></a>`
          );
        case "break":
          return "<br>";
      }
    })
    .join("");

const ratingHtml = (scale: Scale, rating: Rating, brief: boolean): string =>
  `<span class="assay-rating assay-rating--${toneOf(scale, rating)}">` +
  ratingSymbol(scale, rating) +
  `<span${brief ? ' class="govuk-visually-hidden"' : ""}>${escapedMarkup(rating)}</span></span>`;
