/**
 * Footnotes in what people write: `[^a]` in the text, and `[^a]: Where it comes from.` on a line of
 * its own in the same section. They are numbered through the whole report.
 */
import type { Block, Chapter, Inline } from "./blocks.ts";

export type Footnote = Extract<Inline, { kind: "footnote" }>;

const definition = /^\[\^([\w-]{1,40})\]:[ \t]+(?![ \t])(.+)$/gm;
const reference = /\[\^([\w-]{1,40})\]/g;

/** The text without its footnotes, and what each of them says by its name. */
export const footnotesOf = (
  markdown: string,
): { readonly text: string; readonly notes: ReadonlyMap<string, string> } => {
  const notes = new Map([...markdown.matchAll(definition)].map(([, name, said]) => [name!, said!]));
  return { text: notes.size === 0 ? markdown : markdown.replaceAll(definition, ""), notes };
};

/** Footnotes that are referred to and nowhere written, or written and nowhere referred to. */
export const footnoteProblems = (
  markdown: string,
): readonly { readonly line: number; readonly problem: string }[] => {
  const { text, notes } = footnotesOf(markdown);
  const used = new Set([...text.matchAll(reference)].map(([, name]) => name!));
  const lineOf = (found: string): number =>
    markdown.slice(0, markdown.indexOf(found)).split("\n").length;
  return [
    ...[...used]
      .filter((name) => !notes.has(name))
      .map((name) => ({
        line: lineOf(`[^${name}]`),
        problem: `There is no footnote “${name}”. Write its text on a line that begins [^${name}]:`,
      })),
    ...[...notes.keys()]
      .filter((name) => !used.has(name))
      .map((name) => ({
        line: lineOf(`[^${name}]:`),
        problem: `No text refers to the footnote “${name}”. Write [^${name}] where it belongs.`,
      })),
  ];
};

/** A text in pieces: `note` makes something of the name of each footnote that it knows. */
export const withFootnotes = (
  text: string,
  {
    words,
    note,
  }: {
    readonly words: (text: string) => readonly Inline[];
    readonly note: (name: string) => Inline | undefined;
  },
): readonly Inline[] => {
  const inlines: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(reference)) {
    const found = note(match[1]!);
    if (!found) continue;
    inlines.push(...words(text.slice(end, match.index)), found);
    end = match.index + match[0].length;
  }
  return [...inlines, ...words(text.slice(end))];
};

/** Every footnote under these blocks, each once, in the order in which they are referred to. */
export const footnotesIn = (blocks: readonly Block[]): readonly Footnote[] => {
  const found = new Map<string, Footnote>();
  mapped(blocks, (note) => {
    if (!found.has(note.id)) found.set(note.id, note);
    return note;
  });
  return [...found.values()];
};

/** The chapters with their footnotes numbered from 1 on. */
export const numbered = (chapters: readonly Chapter[]): readonly Chapter[] => {
  const numbers = new Map<string, number>();
  return chapters.map((chapter) => ({
    ...chapter,
    blocks: mapped(chapter.blocks, (note) => {
      const first = !numbers.has(note.id);
      if (first) numbers.set(note.id, numbers.size + 1);
      return { ...note, number: numbers.get(note.id)!, first };
    }),
  }));
};

type Change = (note: Footnote) => Footnote;

const mapped = (blocks: readonly Block[], change: Change): readonly Block[] =>
  blocks.map((block): Block => {
    switch (block.kind) {
      case "paragraph":
      case "notice":
        return { ...block, children: mappedInlines(block.children, change) };
      case "list":
        return { ...block, items: block.items.map((item) => mapped(item, change)) };
      case "quote":
      case "example":
        return { ...block, children: mapped(block.children, change) };
      case "table":
        return {
          ...block,
          rows: block.rows.map((cells) => cells.map((cell) => mappedInlines(cell, change))),
        };
      case "heading":
      case "figure":
        return block;
    }
  });

const mappedInlines = (inlines: readonly Inline[], change: Change): readonly Inline[] =>
  inlines.map((inline): Inline => {
    if (inline.kind === "footnote") return change(inline);
    return "children" in inline
      ? { ...inline, children: mappedInlines(inline.children, change) }
      : inline;
  });
