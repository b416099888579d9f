/** The floor: the same rows, read through node:sqlite and parsed, with nothing made of them. */
import { DatabaseSync, type StatementSync } from "node:sqlite";

export const rawReader = (path: string) => {
  const database = new DatabaseSync(path, { readOnly: true });
  const prepare = (rest: string): StatementSync => {
    const statement = database.prepare(
      `SELECT e.position, s.name, e.revision, e.id, e.type, e.data, e.metadata
       FROM events e JOIN streams s ON s.id = e.stream ${rest}`,
    );
    statement.setReturnArrays(true);
    return statement;
  };
  const all = prepare("ORDER BY e.position");
  const one = prepare("WHERE s.name = ? ORDER BY e.revision");
  const parse = (rows: Iterable<unknown>): number => {
    let count = 0;
    for (const row of rows as Iterable<readonly string[]>) {
      JSON.parse(row[5]!);
      JSON.parse(row[6]!);
      count += 1;
    }
    return count;
  };
  const stream = (name: string): number => parse(one.all(name));
  return {
    stream,
    streams: (names: readonly string[]): void => names.forEach(stream),
    everything: (events: number): void => {
      const read = parse(all.iterate());
      if (read !== events) throw new Error(`${read} rows of ${events}`);
    },
  };
};
