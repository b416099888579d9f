/**
 * What a person wrote in Markdown, as blocks. Only headings, paragraphs, lists, quotations, tables,
 * emphasis and links to the web survive; everything else, raw HTML included, is plain text.
 */
import { lexer, type Token, type Tokens } from "marked";

import { type Block, type Inline, plainText, say, type Table } from "./blocks.ts";
import type { Filling } from "../references.ts";
import { footnotesOf, withFootnotes } from "./footnotes.ts";
import { isParsable } from "./limits.ts";

/**
 * A text that no parser may have is one paragraph, as it was typed; nobody records one any more.
 * Headings begin below the one that the text stands under, whatever level their author began with.
 * `prefix` keeps ids apart; `filling` fills references in.
 */
export const proseBlocks = (
  markdown: string,
  prefix: string,
  { filling = (text) => [say(text)], under = 2 }: Setting = {},
): readonly Block[] => {
  if (!isParsable(markdown)) return [{ kind: "paragraph", children: [say(markdown)] }];
  const { text, notes } = footnotesOf(markdown);
  const tokens = lexer(text, { gfm: true });
  const depths = tokens.flatMap((token) =>
    token.type === "heading" ? [(token as Tokens.Heading).depth] : [],
  );
  const reading: Reading = {
    prefix,
    top: Math.min(6, ...depths),
    used: new Set(),
    level: under,
    under,
    filling: (words) =>
      withFootnotes(words, {
        words: filling,
        note: (name) => {
          const said = notes.get(name);
          const id = `${prefix}-note-${name.toLowerCase()}`;
          const number = [...notes.keys()].indexOf(name) + 1;
          return said === undefined
            ? undefined
            : { kind: "footnote", id, number, first: true, children: sourceIn(said, filling) };
        },
      }),
  };
  return tokens.flatMap((token) => blocksOf(token, reading));
};

type Setting = {
  readonly filling?: Filling;
  /** The level of the heading under which the text stands. */
  readonly under?: 2 | 3 | 4;
};

type Reading = {
  readonly under: number;
  readonly prefix: string;
  readonly top: number;
  readonly used: Set<string>;
  readonly filling: Filling;
  /** The level of the heading before. */
  level: number;
};

const blocksOf = (token: Token, reading: Reading): readonly Block[] => {
  switch (token.type) {
    case "space":
    case "hr":
    case "def":
      return [];
    case "heading":
      return [headingOf(token as Tokens.Heading, reading)];
    case "list":
      return [listOf(token as Tokens.List, reading)];
    case "blockquote":
      return [quoteOf((token as Tokens.Blockquote).text, reading)];
    case "table":
      return [tableOf(token as Tokens.Table, reading)];
    case "paragraph":
    case "text":
      return [{ kind: "paragraph", children: inlinesOf(token, reading.filling) }];
    default:
      return token.raw.trim() === ""
        ? []
        : [{ kind: "paragraph", children: reading.filling(token.raw.trim()) }];
  }
};

/** A footnote is one line, in which links and emphasis may stand. */
const sourceIn = (said: string, filling: Filling): readonly Inline[] =>
  lexer(said, { gfm: true }).flatMap((token) => inlinesOf(token, filling));

/** `[!EXAMPLE] Title` opens an example of practice; a last line after a dash says who spoke. */
const quoteOf = (said: string, reading: Reading): Block => {
  const inside = (text: string): readonly Block[] =>
    lexer(text, { gfm: true }).flatMap((token) => blocksOf(token, reading));
  const [, title, rest = ""] =
    /^\[!EXAMPLE\][ \t]+([^ \t\n][^\n]*)(?:\n([^]*))?$/i.exec(said) ?? [];
  if (title !== undefined) return { kind: "example", title, children: inside(rest) };
  const whole = said.trimEnd();
  const end = whole.lastIndexOf("\n");
  const [, from] = /^(?:—|–|--)[ \t]+([^ \t].*)$/.exec(whole.slice(end + 1)) ?? [];
  const quoted = whole.slice(0, Math.max(0, end)).trimEnd();
  return from !== undefined && quoted !== ""
    ? { kind: "quote", children: inside(quoted), from }
    : { kind: "quote", children: inside(said) };
};

const childBlocks = (token: Token, reading: Reading): readonly Block[] =>
  "tokens" in token ? (token.tokens ?? []).flatMap((child) => blocksOf(child, reading)) : [];

/** No level is left out on the way down, or readers by ear would look for what is missing. */
const headingOf = (token: Tokens.Heading, reading: Reading): Block => {
  const { prefix, top, used, under } = reading;
  const text = plainText(inlinesOf(token, reading.filling));
  // Within a quotation or a list a heading may stand above all others.
  const below = under + 1 + Math.max(0, token.depth - top);
  const level = Math.min(5, below, reading.level + 1) as 3 | 4 | 5;
  reading.level = level;
  return { kind: "heading", level, id: unusedId(`${prefix}-${slugOf(text)}`, used), text };
};

const listOf = ({ ordered, start, items }: Tokens.List, reading: Reading): Block => ({
  kind: "list",
  ordered,
  start: typeof start === "number" ? start : 1,
  items: items.map((item) => childBlocks(item, reading)),
});

const tableOf = (
  { header, rows, align }: Tokens.Table,
  { prefix, used, filling }: Reading,
): Table => ({
  kind: "table",
  id: unusedId(`${prefix}-table`, used),
  caption: plainText(inlinesOf(header[0]!, filling)),
  columns: header.map((cell, i) => ({
    label: plainText(inlinesOf(cell, filling)),
    numeric: align[i] === "right",
  })),
  rows: rows.map((cells) => cells.map((cell) => inlinesOf(cell, filling))),
  notes: [],
});

/** What is not known as safe is kept as the text that its author typed. */
const inlinesOf = (holder: object, filling: Filling): readonly Inline[] => {
  const tokens = "tokens" in holder ? (holder.tokens as readonly Token[] | undefined) : undefined;
  return tokens
    ? tokens.flatMap((token) => inlineOf(token, filling))
    : filling(unescaped(rawOf(holder)));
};

const rawOf = (holder: object): string =>
  "text" in holder && typeof holder.text === "string" ? holder.text : "";

const inlineOf = (token: Token, filling: Filling): readonly Inline[] => {
  switch (token.type) {
    case "strong":
      return [{ kind: "strong", children: inlinesOf(token, filling) }];
    case "em":
      return [{ kind: "emphasis", children: inlinesOf(token, filling) }];
    case "br":
      return [{ kind: "break" }];
    case "link":
      return linkOf(token as Tokens.Link, filling);
    case "text":
    case "escape":
      return inlinesOf(token, filling);
    default:
      return filling(token.raw);
  }
};

const linkOf = (token: Tokens.Link, filling: Filling): readonly Inline[] => {
  const children = inlinesOf(token, filling);
  return isWebLink(token.href) ? [{ kind: "link", href: token.href, children }] : children;
};

const isWebLink = (href: string): boolean => {
  const parsed = URL.parse(href);
  return parsed !== null && ["https:", "http:", "mailto:"].includes(parsed.protocol);
};

/** Marked leaves the entities that an author typed; readers should see the characters. */
const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name: string) => characters[name] ?? "");

const characters: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: "\u00a0",
  "#39": "'",
};

export const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "") || "part";

const unusedId = (wanted: string, used: Set<string>): string => {
  let id = wanted;
  for (let n = 2; used.has(id); n += 1) id = `${wanted}-${n}`;
  used.add(id);
  return id;
};
