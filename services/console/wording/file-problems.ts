/** What is wrong with a file that somebody sent, each problem at its line. */

type InFile = {
  readonly line: number;
  readonly header: string | undefined;
  readonly column: number | undefined;
  readonly value: string;
  readonly expected: string;
};

/** Problems that are shown; the rest are counted. */
const mostProblems = 30;

export const fileProblems = (problems: readonly InFile[]): readonly string[] => {
  const told = problems.slice(0, mostProblems).map(inWords);
  const left = problems.length - told.length;
  return left > 0 ? [...told, `There are ${left} more problems in the file`] : told;
};

const inWords = ({ line, header, column, value, expected }: InFile): string => {
  const where = header ?? (column === undefined ? "" : `column ${column}`);
  const place = `Line ${line}${where === "" ? "" : `, ${where}`}`;
  return `${place}: ${value === "" ? "nothing" : `“${value}”`}; expected ${expected}`;
};
