import { ratingHistory, standingIn } from "@assay/domain/audit/as-at.ts";
import { dossierOf } from "@assay/domain/audit/dossier.ts";
import { toldExample } from "@assay/spec/examples.ts";
import { expect, it } from "vitest";

import { ratingLife } from "./rating-life.ts";

it("shows each standard day by day, up to what was concluded", () => {
  const events = toldExample("peterborough-2020");
  const dossier = dossierOf(events);
  const { framework } = dossier.briefing;
  const { days, earlier, rows } = ratingLife(ratingHistory(events), framework)!;
  expect(days).toEqual([...new Set(days)].toSorted());
  expect(earlier).toBe(0);
  const concluded = standingIn(dossier)!.standards;
  expect(rows.map(({ code, cells }) => [code, cells.at(-1)?.rating])).toEqual(
    concluded.map(({ standard, rating }) => [standard, rating]),
  );
  for (const { cells } of rows)
    cells.slice(1).forEach(({ rating, isNew }, place) => {
      expect(isNew).toBe(rating !== cells[place]!.rating);
    });
  // A day stands there because a rating changed on it.
  for (const [place] of days.entries())
    expect(rows.some(({ cells }) => cells[place]!.isNew && cells[place]!.rating)).toBe(true);
});

it("has nothing to show before anything could be rated", () => {
  expect(ratingLife([], undefined)).toBeUndefined();
});
