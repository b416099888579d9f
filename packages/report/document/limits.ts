/**
 * What Markdown may hold so that a report can be set: each limit in a sentence, with its line. The
 * lines are read before anything parses them, so what would take a parser minutes takes none.
 */
import { footnoteProblems } from "./footnotes.ts";
import { lexer, type Token, type Tokens } from "marked";

export type SettingProblem = { readonly line: number; readonly problem: string };

/** In one paragraph, list or table; a parser compares each mark with those before it. */
const mostMarks = 600;
const deepest = 6;
const mostRows = 300;
const mostColumns = 12;
const mostLines = 5000;

/** Every limit that the text breaks; those that the parser finds only where it may parse. */
export const settingProblems = (markdown: string): readonly SettingProblem[] => {
  const unsafe = unsafeLines(markdown);
  return unsafe.length > 0 ? unsafe : [...parsedProblems(markdown), ...footnoteProblems(markdown)];
};

/** Whether a parser may have it at all. */
export const isParsable = (markdown: string): boolean => unsafeLines(markdown).length === 0;

const unsafeLines = (markdown: string): readonly SettingProblem[] => {
  const lines = markdown.split("\n");
  if (lines.length > mostLines)
    return [{ line: mostLines, problem: `It has more than ${mostLines} lines. Shorten it.` }];
  const problems: SettingProblem[] = [];
  let marks = 0;
  let began = 1;
  for (const [index, text] of lines.entries()) {
    if (text.trim() === "") [marks, began] = [0, index + 2];
    const before = marks;
    marks += countOf(text, /[*_`[\]<>~!&\\]/g);
    if (before <= mostMarks && marks > mostMarks) {
      problems.push({
        line: began,
        problem: `More than ${mostMarks} marks such as * and _ stand together. Take them out.`,
      });
    }
    if (depthOf(text) > deepest)
      problems.push({
        line: index + 1,
        problem: `Lists and quotations go ${deepest} deep at most.`,
      });
  }
  return problems;
};

const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** How many quotations and lists the line opens, or is indented for. */
const depthOf = (text: string): number => {
  let [depth, spaces, at] = [0, 0, 0];
  for (;;) {
    const rest = text.slice(at, at + 12);
    const found = /^(?:>|[-*+](?=\s)|\d{1,9}[.)](?=\s))/.exec(rest)?.[0];
    if (found) [depth, spaces, at] = [depth + 1, 0, at + found.length];
    else if (rest.startsWith(" ") || rest.startsWith("\t")) [spaces, at] = [spaces + 1, at + 1];
    else return depth;
    if (spaces >= 8) [depth, spaces] = [depth + 1, 0];
    if (depth > deepest) return depth;
  }
};

const parsedProblems = (markdown: string): readonly SettingProblem[] => {
  const problems: SettingProblem[] = [];
  let line = 1;
  for (const token of lexer(markdown, { gfm: true })) {
    for (const problem of problemsIn(token, 0)) problems.push({ line, problem });
    line += countOf(token.raw, /\n/g);
  }
  return problems;
};

const problemsIn = (token: Token, depth: number): readonly string[] => {
  if (depth > deepest) return [`Lists and quotations go ${deepest} deep at most.`];
  switch (token.type) {
    case "heading":
      return (token as Tokens.Heading).text.trim() === ""
        ? ["A heading is empty. Write it or delete its mark."]
        : [];
    case "table":
      return tableProblems(token as Tokens.Table);
    case "list":
      return (token as Tokens.List).items.flatMap((item) =>
        item.tokens.flatMap((inner) => problemsIn(inner, depth + 1)),
      );
    case "blockquote":
      return (token as Tokens.Blockquote).tokens.flatMap((inner) => problemsIn(inner, depth + 1));
    default:
      return [];
  }
};

const tableProblems = ({ header, rows }: Tokens.Table): readonly string[] => [
  ...(header.length < 2 ? ["A table has one column. Write it as a list."] : []),
  ...(header.length > mostColumns
    ? [`A table has ${header.length} columns; ${mostColumns} fit on a page. Divide it.`]
    : []),
  ...(rows.length > mostRows
    ? [`A table has ${rows.length} rows; at most ${mostRows} can be set. Publish it as data.`]
    : []),
  ...(header.some(({ text }) => text.trim() === "") && header[0]?.text.trim() === ""
    ? ["The first column of a table has no heading. Write one: it names the table."]
    : []),
];
