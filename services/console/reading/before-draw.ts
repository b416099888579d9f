/** What a draw would start from: each population's cases, who may be drawn and how many are. */
import { daysOf as inspectionDays } from "@assay/domain/announcement/state.ts";
import { ineligibleInWords } from "@assay/domain/audit/explain-words.ts";
import { pinned } from "@assay/domain/briefing/inspection.ts";
import { rowsOf } from "@assay/domain/briefing/listed-rows.ts";
import { populationIn } from "@assay/domain/framework/populations.ts";
import { counted } from "@assay/domain/kernel/wording.ts";
import { sizeInWords } from "@assay/domain/sampling/certificate-page.ts";
import { preparedDraw } from "@assay/domain/sampling/draw.ts";
import { daysOf, type ExclusionReason } from "@assay/domain/sampling/eligibility.ts";

import { profileOf } from "./dossiers.ts";
import type { Held } from "./held.ts";
import { referenceFor } from "./own-cases.ts";
import type { Viewer } from "./viewer.ts";

/** Undefined where there is no list, or its words are erased. */
export const beforeDraw = (held: Held) => {
  const { announcement } = held;
  const { cases, briefing, overrides } = announcement;
  const rows = cases.size > 0 && !announcement.draw ? rowsOf([...cases.values()]) : undefined;
  if (!rows) return undefined;
  const settings = pinned(briefing);
  const { fieldworkStart } = inspectionDays(announcement);
  const prepared = preparedDraw({ rows, fieldworkStart, settings, overrides });
  const labelOf = (name: string): string =>
    settings.populations.find((each) => each.name === name)?.label ?? name;
  return [...prepared].map(([name, { eligible, excluded, window, widened, listed, size }]) => ({
    name,
    label: labelOf(name),
    ...{ listed, widened, size: size.size },
    eligible: eligible.length,
    ...daysOf(window, fieldworkStart),
    /** The formula with its numbers, and the reason of a size that was set. */
    because: sizeInWords(size, labelOf),
    excluded: [...Map.groupBy(excluded, ({ reason }) => reason)].map(
      ([reason, of]) =>
        `${counted(of.length, settings.words.case.one, settings.words.case.many)} left out, ` +
        `because ${ineligibleInWords[reason]}`,
    ),
    reasons: new Map(excluded.map((each) => [each.case, each.reason])),
  }));
};

type Before = NonNullable<ReturnType<typeof beforeDraw>>;

/** Every case of the list, for whoever may see cases, with whether it may be drawn. */
export const listToDrawFrom = (held: Held, viewer: Viewer, before: Before) => {
  const reasons = new Map<string, ExclusionReason>(before.flatMap(({ reasons: all }) => [...all]));
  const settings = pinned(held.announcement.briefing);
  return [...held.announcement.cases.values()].flatMap(({ case: id, profile }) => {
    const reference = referenceFor(viewer, held, id);
    if (reference === undefined) return [];
    const population = populationIn(settings, profile);
    const reason = reasons.get(id);
    const stands =
      population === undefined
        ? "Of no population"
        : reason === undefined
          ? "May be drawn"
          : `Left out: ${ineligibleInWords[reason]}`;
    const label = settings.populations.find(({ name }) => name === population)?.label;
    return [{ id, reference, population: label, kind: profileOf(held, id, true), stands }];
  });
};
