/** How each standard's rating stood at the end of every day on which one of them changed. */
import type { HistoryStep } from "@assay/domain/audit/as-at.ts";
import type { Framework } from "@assay/domain/framework/document.ts";
import { scaleOf } from "@assay/domain/framework/standards.ts";
import { dayInEngland, Instant } from "@assay/domain/kernel/instants.ts";

import { toneClass } from "../wording/names.ts";

const dayOf = (at: string): string => dayInEngland(Instant.parse(at));

/** As many of the latest days as are shown. */
const mostDays = 40;

/** Undefined before anything could be rated. */
export const ratingLife = (steps: readonly HistoryStep[], framework: Framework | undefined) => {
  const changes = steps
    .filter(({ from, to }) => (from?.rating ?? null) !== to.rating)
    .map(({ standard, at, to }) => ({ standard, day: dayOf(at), rating: to.rating }));
  if (!framework || changes.length === 0) return undefined;
  const all = [...new Set(changes.map(({ day }) => day))].toSorted();
  const days = all.slice(-mostDays);
  const rows = framework.standards.map(({ code, label }) => {
    const own = changes.filter(({ standard }) => standard === code);
    const ratingOn = (asked: string | undefined) =>
      own.findLast(({ day }) => asked !== undefined && day <= asked)?.rating ?? null;
    const scale = scaleOf(framework, code);
    return {
      code,
      label,
      cells: days.map((day, place) => {
        const rating = ratingOn(day);
        const before = ratingOn(days[place - 1]);
        const tone = rating !== null && scale ? toneClass(scale, rating) : undefined;
        return { day, rating, tone, isNew: place === 0 || rating !== before };
      }),
    };
  });
  return { days, earlier: all.length - days.length, rows };
};
