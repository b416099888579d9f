/** Tries every forgery, or every n-th, and prints what is noticed: `npm run forge -- 10`. */
import { forged, forgeries, noticed } from "./forging.ts";

const step = Number(process.argv[2] ?? 1);
const all = forgeries();
const chosen = all.filter((_, at) => at % step === 0);
const counts = new Map<string, Record<string, number>>();
const silent = new Map<string, number>();
for (const forgery of chosen) {
  const by = noticed(forged(forgery));
  const count = counts.get(forgery.family) ?? {};
  count[by] = (count[by] ?? 0) + 1;
  counts.set(forgery.family, count);
  if (by === "by a rule") continue;
  const kind = `${by}: ${forgery.family}: ${forgery.what.replace(/ \([^)]*\)/, "").replaceAll(/\d+/g, "n")}`;
  silent.set(kind, (silent.get(kind) ?? 0) + 1);
}
console.log(`${chosen.length} of ${all.length} forgeries`);
console.table(Object.fromEntries(counts));
for (const [kind, count] of [...silent].toSorted((a, b) => b[1] - a[1])) console.log(count, kind);
