/** The panel's board: every standard with its numbers, what decides, what is open. */
import { phaseName } from "@assay/domain/kernel/chart.ts";

import { panelForms } from "../forms/panel.ts";
import { boardLines } from "../reading/board.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { triggerNames } from "../wording/triggers.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";

export const panelPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer) || marksBlind(visit.viewer, held)) throw new NotFound();
  const { panel } = held;
  const lines = boardLines(held).map((line) => ({
    ...line,
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
      domains: panel.briefing.framework?.domains ?? [],
      phase: phaseName(panel.phase).split(".")[0],
      chair: panel.chair,
      members: panel.members,
      recusals: [...panel.recused].map(([member, standards]) => ({ member, standards })),
      reopened: [...(panel.reopened ?? [])].toSorted(),
    },
    forms: {
      about: { held, now: visit.now },
      at: { here: panelForms(held, await visit.people()) },
    },
  });
};
