/** The name that somebody meant who wrote another one. */

/** Of those known, the one that differs in the fewest signs; undefined where all differ much. */
export const nearestTo = (name: string, known: readonly string[]): string | undefined => {
  const [best] = known
    .map((each) => ({ each, away: distance(name.toLowerCase(), each.toLowerCase()) }))
    .filter(({ each, away }) => away * 2 < Math.max(name.length, each.length))
    .toSorted((a, b) => a.away - b.away);
  return best?.each;
};

/** How many signs have to be put in, taken out or changed (Levenshtein 1966). */
const distance = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [i, sign] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j += 1) {
      const changed = row[j]! + (sign === other[j] ? 0 : 1);
      next.push(Math.min(changed, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
};
