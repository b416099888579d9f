/**
 * Blocks as Typst code for the printed report. Every word is a string literal, so nothing that a
 * person wrote is ever read as code or markup.
 */
import { placeOf } from "@assay/domain/framework/scale.ts";

import { ratingColour } from "./charts/rating-looks.ts";
import { type Label, takenApart } from "./charts/svg.ts";
import type { Block, Chapter, Document, Figure, Inline, Table } from "./document/blocks.ts";
import { ratingName } from "./document/wording.ts";

/** A Typst string literal. */
export const literal = (text: string): string =>
  `"${text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "")
    .replaceAll("\t", " ")}"`;

/** Chapters that readers turn to; the others follow on the same page. */
const startsPage = /^(about|ratings|contextual-facts|domain-.*|methodology)$/;

export const chapterCode = ({ id, title, blocks }: Chapter): string =>
  [
    `#chapter(${literal(title)}, ${literal(id)}, ${startsPage.test(id)})`,
    ...blocks.map(blockCode),
  ].join("\n");

export const documentCode = ({ chapters }: Document): string =>
  chapters.map(chapterCode).join("\n\n");

const blockCode = (block: Block): string => {
  switch (block.kind) {
    case "heading":
      return `#heading(level: ${block.level - 1}, ${literal(block.text)})`;
    case "paragraph":
      return `#prose(${inlineCode(block.children)})`;
    case "list":
      return listCode(block);
    case "quote":
      return (
        `#quoted(from: ${block.from === undefined ? "none" : literal(block.from)})` +
        `[\n${block.children.map(blockCode).join("\n")}\n]`
      );
    case "example":
      return `#example(${literal(block.title)})[\n${block.children.map(blockCode).join("\n")}\n]`;
    case "notice":
      return `#notice(${inlineCode(block.children)})`;
    case "table":
      return tableCode(block);
    case "figure":
      return figureCode(block);
  }
};

const listCode = ({ ordered, start, items }: Extract<Block, { kind: "list" }>): string => {
  const inside = items.map((item) => `[\n${item.map(itemCode).join("\n")}\n]`).join(", ");
  return ordered ? `#enum(start: ${start}, ${inside})` : `#list(${inside})`;
};

/** A paragraph in a list keeps the list's own spacing. */
const itemCode = (block: Block): string =>
  block.kind === "paragraph" ? `#{${inlineCode(block.children)}}` : blockCode(block);

const tuple = (parts: readonly string[]): string =>
  `(${parts.join(", ")}${parts.length === 1 ? "," : ""})`;

const tableCode = ({ caption, columns, rows, notes, dense }: Table): string =>
  `#sheet(${[
    literal(caption),
    tuple(columns.map(({ numeric }) => (numeric ? '"right"' : '"left"'))),
    tuple(columns.map(({ label }) => literal(label))),
    tuple(rows.flatMap((cells) => cells.map(inlineCode))),
    tuple(notes.map(({ mark, children }) => inlineCode(noteInlines(mark, children)))),
    `dense: ${dense === true}`,
  ].join(", ")})`;

const noteInlines = (mark: string, children: readonly Inline[]): readonly Inline[] =>
  mark === ""
    ? children
    : [{ kind: "mark", mark, note: "" }, { kind: "text", text: " " }, ...children];

/** The typesetter shapes every script in its own text, and in no drawing: it sets the labels. */
const labelCode = ({ x, y, text, size, weight, fill, anchor }: Label): string =>
  tuple([...[x, y, size, weight].map(String), ...[fill, anchor, text].map(literal)]);

const figureCode = ({ caption, description, svg, table }: Figure): string => {
  const { width, shapes, labels } = takenApart(svg);
  const drawn = [caption, description, shapes].map(literal).join(", ");
  return [
    `#drawn(${drawn}, ${width}, ${tuple(labels.map(labelCode))})`,
    ...(table ? [tableCode({ ...table, dense: true })] : []),
  ].join("\n");
};

/** A grade with its bars, or that there is none. `size` is a length, such as `16pt`. */
export const ratingCode = (
  { rating, scale }: Pick<Extract<Inline, { kind: "rating" }>, "rating" | "scale">,
  size = "8pt",
): string => {
  const look =
    rating === undefined
      ? "none"
      : `(place: ${placeOf(scale, rating)}, grades: ${scale.grades.length}, ` +
        `colour: ${literal(ratingColour(scale, rating))})`;
  return `rating(${literal(ratingName(rating))}, ${look}, size: ${size})`;
};

const inlineCode = (inlines: readonly Inline[]): string =>
  inlines.length === 0
    ? "[]"
    : inlines
        .map((inline): string => {
          switch (inline.kind) {
            case "text":
            case "recorded":
              return literal(inline.text);
            case "strong":
              return `strong(${inlineCode(inline.children)})`;
            case "emphasis":
              return `emph(${inlineCode(inline.children)})`;
            case "lowest":
              return `strong(${literal(inline.text)})`;
            case "link":
              return `link(${literal(inline.href)}, ${inlineCode(inline.children)})`;
            case "rating":
              return ratingCode(inline);
            case "mark":
              return `mark(${literal(inline.mark)})`;
            case "footnote":
              return inline.first
                ? `[#footnote(${inlineCode(inline.children)})#label(${literal(inline.id)})]`
                : `footnote(label(${literal(inline.id)}))`;
            case "break":
              return "linebreak()";
          }
        })
        .join(" + ");
