/** The panel's board: every standard with its numbers, what decides, what is open, how firm. */
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import type { Standard } from "@assay/domain/framework/version.ts";
import { undecided } from "@assay/domain/panel/conclude.ts";
import { deliberationOn } from "@assay/domain/panel/state.ts";

import { boardIn } from "../reading/derived.ts";
import type { Firmnesses } from "../reading/firmness.ts";
import type { Held } from "../reading/held.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { triggerNames } from "../wording/triggers.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";

export const panelPage =
  (firmnesses: Firmnesses): Handle =>
  async (visit) => {
    const held = await inspectionIn(visit);
    if (!isStaff(visit.viewer) || marksBlind(visit.viewer, held)) throw new NotFound();
    const { panel } = held;
    const left = undecided(panel)?.standards ?? [];
    const firmness = firmnesses(held);
    const lines = standardsOf(panel.briefing).map((standard) => ({
      ...boardLine(standard, held),
      same: firmness?.standards.find((each) => each.standard === standard.code)?.same,
      owed: panel.phase.matches("sitting")
        ? left.find((each) => each.standard === standard.code)?.owed
        : undefined,
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
        firmness: firmness?.overall,
        draws: firmness?.draws,
        phase: panel.phase.value,
        chair: panel.chair,
        members: panel.members,
        recusals: [...panel.recused].map(([member, standards]) => ({ member, standards })),
        reopened: [...(panel.reopened ?? [])].toSorted(),
        quorum: panel.briefing.framework?.ruleset.panel.quorum,
        candidates: (await visit.people())
          .filter(({ actor }) => actor.role === "panel-chair" || actor.role === "panel-member")
          .map(({ actor, name }) => ({ id: actor.id, name, chair: actor.role === "panel-chair" })),
        left: left.length,
        fieldworkClosed: panel.fieldworkClosed,
        withheld: panel.phase.matches("concluded") && !panel.overall && !panel.overallDecided,
      },
    });
  };

const boardLine = (standard: Standard, held: Held) => {
  const { code, label, domain, judged } = standard;
  const { panel } = held;
  const board = standard.judged === "by-cases" ? boardIn(standard, panel) : undefined;
  const { decision } = deliberationOn(panel, code);
  const concluded = panel.concluded.find((each) => each.standard === code);
  const proposed = panel.proposals.get(code);
  return {
    code,
    label,
    domain,
    judged,
    lowest: board?.keyQuestions.find(({ keyQuestion }) => keyQuestion === board.lowest[0]),
    rule: board?.rule,
    proposed,
    decision: decision?.by,
    rating: panel.phase.matches("concluded")
      ? concluded?.rating
      : (decision?.rating ?? board?.rule ?? proposed),
    final: panel.phase.matches("concluded"),
    triggers: (board?.triggers ?? []).map(({ trigger }) => triggerNames[trigger]),
  };
};
