/**
 * Words that people will read in print. What word processors leave in a text is turned into plain
 * characters, and a character for which there is no shape is refused with its place. The shapes are
 * those of the typefaces that a report is set in.
 */
import { z } from "zod";

import { printableEdges } from "./printable-characters.ts";

/** A habit of word processors: what it is called, and what becomes of it. */
type Habit = {
  readonly name: string;
  readonly pattern: RegExp;
  readonly by: string | ((found: string) => string);
};

/** What the bytes 80 to 9F stand for in Windows' code page 1252, with gaps where nothing does. */
const codePage1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/** Bullets of the symbol typefaces, which have private characters, and those of Unicode. */
const privateBullets = String.raw`\uf0b7\uf0a7\uf0d8\uf076\uf0a8\uf06e\uf0fe\uf0d2`;
const bullets = String.raw`${privateBullets}\u2022\u00b7\u25aa\u25cf\u25cb\u25e6\u2023\u2043`;

const arrowsAndTicks: Readonly<Record<string, string>> = {
  "\uf0e0": "→",
  "\uf0fc": "✓",
  "\uf0fb": "✗",
};

/** In this order, because what one of them leaves may be another's. */
const habits: readonly Habit[] = [
  { name: "", pattern: /\r\n?/g, by: "\n" },
  {
    name: "characters of an old code page",
    pattern: /[\u0080\u0082-\u008c\u008e\u0091-\u009c\u009e\u009f]/g,
    by: (found) => codePage1252.charAt(found.charCodeAt(0) - 0x80),
  },
  { name: "line breaks of a word processor", pattern: /[\v\u0085\u2028]/g, by: "\n" },
  { name: "page breaks", pattern: /[\f\u2029]/g, by: "\n\n" },
  { name: "bullets", pattern: new RegExp(`^[ \\t]*[${bullets}][ \\t\\u00a0]*`, "gm"), by: "- " },
  { name: "bullets", pattern: /^[ \t]*o\t/gm, by: "  - " },
  { name: "bullets", pattern: new RegExp(`[${privateBullets}]`, "g"), by: "•" },
  { name: "symbols", pattern: /[\uf0e0\uf0fb\uf0fc]/g, by: (found) => arrowsAndTicks[found]! },
  { name: "curly quotation marks", pattern: /[‘’‚‛]/g, by: "'" },
  { name: "curly quotation marks", pattern: /[“”„‟]/g, by: '"' },
  { name: "special spaces", pattern: /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, by: " " },
  {
    name: "invisible characters",
    pattern: /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
    by: "",
  },
  {
    // The tags that make a flag of England, Scotland or Wales out of a black one.
    name: "invisible characters",
    pattern: /\udb40[\udc20-\udc7f]/g,
    by: "",
  },
];

/** A text in plain characters, and how often which habit was found in it. */
export type Plain = { readonly text: string; readonly changed: ReadonlyMap<string, number> };

/** In most texts there is nothing that a habit could be found in. */
const isPlain = (text: string): boolean => /^[\n\u0020-\u007e]*$/.test(text);

export const plainOf = (written: string): Plain => {
  const changed = new Map<string, number>();
  if (isPlain(written)) return { text: written, changed };
  let text = written;
  for (const { name, pattern, by } of habits) {
    text = text.replaceAll(pattern, (found: string) => {
      if (name !== "") changed.set(name, (changed.get(name) ?? 0) + 1);
      return typeof by === "string" ? by : by(found);
    });
  }
  return { text: text.normalize("NFC"), changed };
};

/** A character that cannot be printed, and where it stands; lines and characters count from 1. */
export type Unprintable = {
  readonly character: string;
  readonly line: number;
  readonly column: number;
};

/** In characters: a page holds no more, and whoever writes is told where it stands. */
const longestWord = 16_000;

/** A line may end at a space, and between any two words of the scripts that are written without. */
const unspaced = ["Han", "Hira", "Kana", "Hang", "Thai", "Laoo", "Khmr", "Mymr"];
const unbroken = new RegExp(
  String.raw`[^\s${unspaced.map((script) => String.raw`\p{scx=${script}}`).join("")}]+`,
  "gu",
);

/** The first of them in the text, or the first word that is too long to be set. */
export const unprintableIn = (text: string): Unprintable | undefined => {
  for (const { 0: word, index } of text.length > longestWord ? text.matchAll(unbroken) : []) {
    if (word.length <= longestWord) continue;
    const lines = text.slice(0, index).split("\n");
    const character = `a word of more than ${longestWord} characters`;
    return { character, line: lines.length, column: lines.at(-1)!.length + 1 };
  }
  if (/^[\t\n\u0020-\u007e\u00a1-\u00ac\u00ae-\u00ff]*$/.test(text)) return undefined;
  let line = 1;
  let column = 0;
  for (const character of text) {
    column += 1;
    if (!isPrintable(character.codePointAt(0)!)) {
      const code = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0");
      return { character: `U+${code}`, line, column };
    }
    if (character !== "\n") continue;
    line += 1;
    column = 0;
  }
  return undefined;
};

/** Whether there is a shape for the code point; the edges are where that changes. */
const isPrintable = (code: number): boolean => {
  const known = edges();
  let [low, high] = [0, known.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (known[middle]! <= code) low = middle + 1;
    else high = middle;
  }
  return low % 2 === 1;
};

let read: readonly number[] | undefined;

const edges = (): readonly number[] => {
  if (read) return read;
  let at = 0;
  read = printableEdges.split(" ").map((step) => (at += Number.parseInt(step, 36)));
  return read;
};

export const unprintableInWords = ({ character, line, column }: Unprintable): string =>
  `line ${line}, character ${column}: ${character} cannot be printed. Delete it or write it otherwise`;

type Printing = {
  /** They may be blank. */
  readonly blank?: boolean;
  /** They stand on one line, such as a name: what breaks it, or sets apart, is a space. */
  readonly line?: boolean;
};

/** Words for print, of at most so many characters; never blank unless that is allowed. */
export const printed = (most: number, { blank = false, line = false }: Printing = {}) =>
  z
    .string()
    .overwrite((written) => {
      const text = plainOf(written).text.trim();
      return line ? text.replaceAll(/\s+/g, " ") : text;
    })
    .min(blank ? 0 : 1, "say something")
    .max(most)
    .superRefine((written, context) => {
      const found = unprintableIn(written);
      if (!found) return;
      context.addIssue({ code: "custom", message: unprintableInWords(found) });
    });

/** A name, a label or a source: on one line. */
export const printedLine = (most: number, { blank = false }: Pick<Printing, "blank"> = {}) =>
  printed(most, { blank, line: true });

/** Words that a person wrote, wherever that is: never blank, never endless, and printable. */
export const PrintedWords = printed(20_000);

/** What was turned into plain characters in one place, and how many there were. */
export type Plainer = { readonly place: string; readonly what: string; readonly count: number };

/** What a parser made plain of what was asked, for whoever wrote it. */
export const plainerIn = (asked: unknown, parsed: unknown, place = ""): readonly Plainer[] => {
  if (typeof asked === "string") {
    if (asked === parsed || typeof parsed !== "string") return [];
    return [...plainOf(asked).changed].map(([what, count]) => ({ place, what, count }));
  }
  if (typeof asked !== "object" || asked === null) return [];
  if (typeof parsed !== "object" || parsed === null) return [];
  return Object.entries(asked).flatMap(([key, inner]) =>
    plainerIn(inner, (parsed as Record<string, unknown>)[key], place ? `${place}.${key}` : key),
  );
};
