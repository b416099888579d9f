/** Which record of a table is its header: the first that is not blank, unless another one is. */

type Line = { readonly line: number; readonly cells: readonly string[] };

/** A problem of the list, told as the others are. */
type Elsewhere = {
  readonly line: number;
  readonly column: undefined;
  readonly header: undefined;
  readonly value: string;
  readonly expected: string;
  readonly code: "header-elsewhere";
};

/** So many records are looked at for a header that stands below a title. */
const looked = 30;

export type Headed = {
  readonly header: Line | undefined;
  readonly body: readonly Line[];
  /** That there is something above the header, which is read as if it were not there. */
  readonly problems: readonly Elsewhere[];
};

/** `isKnown` says whether a cell is the heading of a column that is looked for. */
export const headedBy = (records: readonly Line[], isKnown: (text: string) => boolean): Headed => {
  const filled = records.filter(({ cells }) => cells.some((text) => text.trim() !== ""));
  const counts = filled.slice(0, looked).map(({ cells }) => cells.filter(isKnown).length);
  const most = Math.max(0, ...counts);
  const place = most > 1 && most > 2 * (counts[0] ?? 0) ? counts.indexOf(most) : 0;
  const header = filled[place];
  const above = {
    ...{ line: filled[0]?.line ?? 1, column: undefined, header: undefined, value: "" },
    expected: `the header, which seems to stand on line ${header?.line}: take out what is above it`,
    code: "header-elsewhere",
  } as const;
  return { header, body: filled.slice(place + 1), problems: place === 0 ? [] : [above] };
};
