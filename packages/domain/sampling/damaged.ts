/**
 * What a spreadsheet or a person made of a value before it came here: a number that was shortened,
 * an error, a date out of an age band, a word that stands for nothing, characters nobody sees.
 * Such a value looks like one and says something else, or the same for many rows.
 */
import type { Column } from "../framework/case-list-settings.ts";
import { isIdentifying } from "../framework/columns.ts";

export type Damage = {
  readonly code: "spoilt-by-a-spreadsheet" | "placeholder" | "not-plain-text";
  readonly expected: string;
};

/** `1.23457E+11`: digits are gone, and twelve rows may have become one. */
const shortened = /^[+-]?\d+(?:[.,]\d+)?e[+-]\d+$|^[+-]?\d+[.,]\d+e\d+$/i;

/** `#N/A`, `#REF!`, `#####`, and what other programs write for them. */
const failed = /^#+$|^#[\p{L}/_0]+[!?]?$|^err:\d{3}$/iu;

const month = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
/** `Oct-14`, `14-Oct`: the age band 10-14, read as a date. */
const monthly = new RegExp(
  String.raw`^(?:\d{1,2}[-/ .])?${month}[-/ .]\d{2,4}$|^\d{1,2}[-/ .]${month}$`,
  "i",
);
const day = String.raw`\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}`;
const dated = new RegExp(String.raw`^(?:${day})(?:[T ][\d:.Z]+)?$`);

/** Nothing shows them, or a sign that says that a character was lost. */
const unseen = /[\p{C}\p{Variation_Selector}\u034F\u115F\u1160\u2800\u3164\uFFA0\uFFFD]/u;

/** Whatever a spreadsheet takes for a formula, full-width signs included. */
const formula = /^[=+@\u002D\uFF1D\uFF0B\uFF20\uFF0D]/u;

const placeholders = new Set(
  (
    "na nk nr nil none null nan undefined unknown notknown notavailable notapplicable notrecorded " +
    "notstated notprovided notgiven tbc tba tbd tbconfirmed tobeconfirmed pending missing blank " +
    "empty test todo asabove sameasabove same ditto various multiple unallocated unassigned vacant"
  ).split(" "),
);

/** Neither letters nor digits, nothing but zeros or one letter repeated, or a word for nothing. */
const standsForNothing = (text: string): boolean => {
  const bare = text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, "");
  return /^0*$|^x+$/.test(bare) || placeholders.has(bare);
};

const spoilt = (expected: string): Damage => ({ code: "spoilt-by-a-spreadsheet", expected });

/** What every cell may suffer. */
export const errorIn = (text: string): Damage | undefined =>
  failed.test(text.trim()) ? spoilt("a value: a spreadsheet put an error in its place") : undefined;

/** Text for a reader: without line breaks, or what a spreadsheet would run as a formula. */
export const unplain = (text: string): Damage | undefined => {
  if (formula.test(text) || text.includes('"'))
    return {
      code: "not-plain-text",
      expected: "plain text without formulas (=, +, -, @) or quotation marks",
    };
  return unseen.test(text)
    ? { code: "not-plain-text", expected: "plain text: it holds characters that nobody sees" }
    : undefined;
};

/** What speaks against a value of a text column; an empty one is the column's to judge. */
export const damageIn = (text: string, column: Column): Damage | undefined => {
  if (text === "" || text === column.blank) return undefined;
  const error = errorIn(text);
  if (error) return error;
  if (shortened.test(text))
    return spoilt("the number in full: a spreadsheet shortened it; format the column as text");
  const identifies = isIdentifying(column);
  if (monthly.test(text) || (!identifies && dated.test(text)))
    return spoilt(`no date: a spreadsheet made one of it; format ${column.label} as text`);
  if (identifies && standsForNothing(text))
    return {
      code: "placeholder",
      expected:
        column.blank === undefined
          ? "what tells this one from all others"
          : "what tells this one from all others, or an empty cell",
    };
  return unplain(text);
};
