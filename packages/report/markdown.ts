/** The report as Markdown: plain text that reads well as it is. Nothing in it can become markup. */
import type { Block, Chapter, Inline, Table } from "./document/blocks.ts";
import { plainText } from "./document/blocks.ts";
import { footnotesIn } from "./document/footnotes.ts";
import { documentOf } from "./document/compose.ts";
import type { ReportModel } from "./model.ts";

export const renderMarkdown = (model: ReportModel): string => {
  const { title, particulars, mark, chapters } = documentOf(model);
  return `${[
    `# ${escaped(title)}`,
    ...(mark ? [`**${escaped(mark)}**`] : []),
    particulars.map(({ label, value }) => `- ${label}: ${escaped(value)}`).join("\n"),
    ...chapters.map(chapterText),
  ].join("\n\n")}\n`;
};

const chapterText = ({ title, blocks }: Chapter): string =>
  [
    `## ${escaped(title)}`,
    ...blocks.map(blockText),
    ...footnotesIn(blocks)
      .filter(({ first }) => first)
      .map(({ number, children }) => `[^${number}]: ${inlineText(children)}`),
  ].join("\n\n");

const blockText = (block: Block): string => {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(block.level)} ${escaped(block.text)}`;
    case "paragraph":
      return inlineText(block.children);
    case "list":
      return block.items
        .map((item, i) => listItem(item, block.ordered ? `${block.start + i}. ` : "- "))
        .join("\n");
    case "quote":
      return indented(
        [
          ...block.children.map(blockText),
          ...(block.from === undefined ? [] : [`— ${escaped(block.from)}`]),
        ].join("\n\n"),
        "> ",
        "> ",
      );
    case "example":
      return indented(
        [`**Practice example: ${escaped(block.title)}**`, ...block.children.map(blockText)].join(
          "\n\n",
        ),
        "> ",
        "> ",
      );
    case "notice":
      return indented(inlineText(block.children), "> ", "> ");
    case "table":
      return tableText(block);
    case "figure":
      return block.table
        ? `*${escaped(block.caption)}.* ${escaped(block.description)}\n\n${tableText(block.table)}`
        : `*${escaped(block.caption)}.* ${escaped(block.description)}`;
  }
};

const listItem = (item: readonly Block[], mark: string): string =>
  indented(item.map(blockText).join("\n\n"), mark, " ".repeat(mark.length));

const indented = (text: string, first: string, rest: string): string =>
  text
    .split("\n")
    .map((line, i) => `${i === 0 ? first : rest}${line}`.trimEnd())
    .join("\n");

const tableText = ({ caption, columns, rows, notes }: Table): string =>
  [
    `**${escaped(caption)}**`,
    [
      row(columns.map(({ label }) => escaped(label))),
      row(columns.map(({ numeric }) => (numeric ? "---:" : "---"))),
      ...rows.map((cells) => row(cells.map(inlineText))),
    ].join("\n"),
    ...notes.map(({ mark, children }) => `${markText(mark)} ${inlineText(children)}`.trim()),
  ].join("\n\n");

const row = (cells: readonly string[]): string => `| ${cells.map(oneLine).join(" | ")} |`;

const oneLine = (text: string): string =>
  text.replaceAll(/\s+/g, (gap) => (gap.includes("\n") ? " " : gap));

const inlineText = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline): string => {
      switch (inline.kind) {
        case "text":
        case "recorded":
          return escaped(inline.text);
        case "lowest":
          return `**${escaped(inline.text)}**`;
        case "strong":
          return around("**", inline.children);
        case "emphasis":
          return around("*", inline.children);
        case "link":
          return `[${inlineText(inline.children)}](<${inline.href.replaceAll(/[<>\s]/g, encodeURIComponent)}>)`;
        case "rating":
          return escaped(plainText([inline]));
        case "mark":
          return markText(inline.mark);
        case "footnote":
          return `[^${inline.number}]`;
        case "break":
          return "  \n";
      }
    })
    .join("");

/** There is no superscript here, so a letter after a word stands in brackets. */
const markText = (mark: string): string => (/^[a-z]$/.test(mark) ? ` (${mark})` : escaped(mark));

/** Emphasis may not begin or end with a space, so spaces step outside. */
const around = (mark: string, children: readonly Inline[]): string => {
  const whole = inlineText(children);
  const words = whole.trim();
  return words === "" ? whole : whole.replace(words, () => `${mark}${words}${mark}`);
};

/** Every character that Markdown could read as markup, kept as itself. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[\\`*_{}[\]<>|~]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll(/^([^\S\n\r\u2028\u2029]*)([#+-])(?=\s|$)/gm, "$1\\$2")
    .replaceAll(/^([^\S\n\r\u2028\u2029]*\d+)([.)])(?=\s|$)/gm, "$1\\$2");
