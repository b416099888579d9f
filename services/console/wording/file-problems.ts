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

export const fileProblems = (problems: readonly InFile[]): readonly string[] =>
  first(problems.map(inWords));

type InDocument = Pick<InFile, "line"> & {
  readonly column: number;
  readonly path: string;
  readonly problem: string;
};

/** What does not fit in a framework's document, each at its place. */
export const documentProblems = (problems: readonly InDocument[]): readonly string[] =>
  first(
    problems.map(({ line, column, path, problem }) => {
      const place = `Line ${line}, column ${column}${path === "" ? "" : ` (${path})`}`;
      return `${place}: ${problem}`;
    }),
  );

const first = (said: readonly string[]): readonly string[] => {
  const told = said.slice(0, mostProblems);
  const left = said.length - told.length;
  return left > 0 ? [...told, `There are ${left} more problems in the file`] : told;
};

const inWords = ({ line, header, column, value, expected }: InFile): string => {
  const where = header ?? (column === undefined ? "" : `column ${column}`);
  const place = `Line ${line}${where === "" ? "" : `, ${where}`}`;
  return `${place}: ${value === "" ? "nothing" : `“${value}”`}; expected ${expected}`;
};
