/** What is wrong with a file that somebody sent, each problem at its line. */

type InFile = {
  readonly line: number;
  readonly header: string | undefined;
  readonly column: number | undefined;
  readonly value: string;
  readonly expected: string;
};

type Told = { readonly text: string; readonly href?: string };

/** Problems that are shown; the rest are counted. */
const mostProblems = 30;

/** `href` leads to the field where the file is chosen again. */
export const fileProblems = (problems: readonly InFile[], href: string): readonly Told[] => {
  const told = problems.slice(0, mostProblems).map((each) => ({ text: inWords(each), href }));
  const left = problems.length - told.length;
  return left > 0 ? [...told, { text: `and ${left} more problems` }] : told;
};

const inWords = ({ line, header, column, value, expected }: InFile): string => {
  const where = header ?? (column === undefined ? "" : `column ${column}`);
  const place = `Line ${line}${where === "" ? "" : `, ${where}`}`;
  return `${place}: ${value === "" ? "nothing" : `“${value}”`}; expected ${expected}`;
};
