/** The panel's board: every standard with its numbers, what decides, what is open. */
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import type { AnyFact } from "@assay/domain/facts.ts";
import { phaseName } from "@assay/domain/kernel/chart.ts";
import { conclusionOf } from "@assay/domain/panel/conclude.ts";
import { hasScore } from "@assay/domain/ratings/overall.ts";
import { deliberationOn } from "@assay/domain/panel/state.ts";

import { type Keeping, panelForms } from "../forms/panel.ts";
import { takingSeveral } from "../forms/several.ts";
import { boardLines } from "../reading/board.ts";
import { boardIn } from "../reading/derived.ts";
import { factOf, type Held } from "../reading/held.ts";
import { barredOn } from "../reading/possible.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { deedInWords } from "../wording/deeds.ts";
import { triggerNames } from "../wording/triggers.ts";
import { doubting } from "./deliberation.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound, type Visit } from "./page.ts";

export const panelPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer) || marksBlind(visit.viewer, held)) throw new NotFound();
  const { panel } = held;
  const events = (await visit.library.events(held)).map(factOf);
  const lines = boardLines(held).map((line) => ({
    ...line,
    told: decidedOn(events, line.code),
    triggers: line.triggers.map((trigger) => triggerNames[trigger]),
  }));
  return visit.render({
    view: "panel",
    title: `Panel – ${frame(held, visit.viewer, "panel").head.service}`,
    model: {
      ...frame(held, visit.viewer, "panel"),
      now: visit.now,
      projected: visit.asked.url.searchParams.has("room"),
      lines,
      standing: standingOf(held, lines),
      domains: panel.briefing.framework?.domains ?? [],
      phase: phaseName(panel.phase).split(".")[0],
      chair: panel.chair,
      members: panel.members,
      recusals: [...panel.recused].map(([member, standards]) => ({ member, standards })),
      reopened: [...(panel.reopened ?? [])].toSorted(),
    },
    forms: {
      about: { held, now: visit.now },
      at: { here: panelForms(held, await visit.people(), keepingOn(visit, held)) },
    },
  });
};

/** Declines discretion on each of the standards that were chosen, all for the same reason. */
export const takePanel: Handle = takingSeveral(panelPage, {
  ...{ type: "DeclineDiscretion", id: "several", field: "standard" },
  none: "Select the standards that keep their ratings",
  doubting,
  each: async (_, form) =>
    form.values("standard").map((standard) => ({
      name: standard,
      said: { standard, reason: form.value("reason"), present: form.values("present") },
    })),
});

/** Standards that were considered and not decided, on which the viewer may decline discretion. */
const keepingOn = ({ viewer, now }: Visit, held: Held): readonly Keeping[] =>
  standardsOf(held.panel.briefing).flatMap((standard) => {
    const { code, label, judged } = standard;
    if (viewer.kind !== "person" || judged === "by-people") return [];
    if (deliberationOn(held.panel, code).decision) return [];
    const asked = { by: viewer.actor, at: now, standard: code };
    if (barredOn({ held }, "DeclineDiscretion", asked)) return [];
    const rule = boardIn(standard, held.panel)?.rule;
    return [{ code, label, ...(rule !== undefined && { rule }) }];
  });

const deciding = ["DiscretionExercised", "DiscretionDeclined", "DomainOneDecided"];

/** Who decided what on a standard last, in a sentence. */
const decidedOn = (events: readonly AnyFact[], code: string): string | undefined => {
  const last = events.findLast(
    (fact) => deciding.includes(fact.type) && "standard" in fact && fact.standard === code,
  );
  return last && deedInWords(last);
};

/** How far the panel has come, and the total of the ratings as they are now. */
const standingOf = ({ panel }: Held, lines: readonly { readonly owed?: string | undefined }[]) => {
  const { framework } = panel.briefing;
  if (!framework || !panel.phase.matches("sitting")) return undefined;
  const { score, maxScore, overall } = conclusionOf(standardsOf(panel.briefing), panel, framework);
  const left = lines.filter(({ owed }) => owed !== undefined).length;
  const total = hasScore(framework) ? { score, maxScore } : {};
  const overallDue = framework.overall !== undefined;
  return { done: lines.length - left, of: lines.length, ...total, overallDue, overall };
};
