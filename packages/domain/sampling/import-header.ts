/** Which record of a table is its header: the first that is not blank, unless another one is. */
import type { Problem, TableRecord } from "./table-record.ts";

/** So many records are looked at for a header that stands below a title. */
const looked = 30;

export type Headed = {
  readonly header: TableRecord | undefined;
  readonly body: readonly TableRecord[];
  /** That there is something above the header, which is read as if it were not there. */
  readonly problems: readonly (Problem & { readonly code: "header-elsewhere" })[];
};

/** `isKnown` says whether a cell is the heading of a column that is looked for. */
export const headedBy = (
  records: readonly TableRecord[],
  isKnown: (text: string) => boolean,
): Headed => {
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
