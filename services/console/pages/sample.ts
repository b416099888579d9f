/**
 * The sample: what it will be drawn from, then each draw with every number it rests on, and how
 * well it mirrors the whole.
 */
import { provisionalIn } from "@assay/domain/framework/provisional.ts";

import { sampleForms } from "../forms/sample.ts";
import { drawBalance, labelsOf } from "../drawing/balance-chart.ts";
import { beforeDraw, listToDrawFrom } from "../reading/before-draw.ts";
import { factOf } from "../reading/held.ts";
import { isStaff } from "../reading/viewer.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";

export const samplePage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer)) throw new NotFound();
  const framed = frame(held, visit.viewer, "sample");
  const { draw, commitment, cases } = held.announcement;
  const facts = (await visit.library.events(held)).map(factOf);
  const revealed = facts.findLast((fact) => fact.type === "NonceRevealed");
  const replacements = facts.filter(
    (fact) => fact.type === "CaseReplaced" || fact.type === "CaseWithdrawn",
  );
  const { columns = [], populations: settings = [] } = draw?.settings ?? {};
  const { framework } = held.panel.briefing;
  const before = beforeDraw(held);
  const populations = settings.map(({ name, label }, at) => {
    const drawn = draw!.populations[name]!;
    const balance = drawn.balance.map((line) => ({ ...line, ...labelsOf(line, columns) }));
    const title = `${label}: shares of eligible cases and of the sample`;
    const provisional = framework ? provisionalIn(framework, `populations.${at}`) : [];
    return { label, drawn, provisional, balance, chart: drawBalance(balance, title) };
  });
  return visit.render({
    view: "sample",
    title: `Sample – ${framed.head.service}`,
    model: {
      ...framed,
      draw,
      commitment,
      populations,
      replacements,
      nonce: revealed?.type === "NonceRevealed" ? revealed.nonce : undefined,
      listed: cases.size,
      before,
      list: before && listToDrawFrom(held, visit.viewer, before),
      none: framework?.populations.length === 0,
    },
    forms: { about: { held, now: visit.now }, at: { here: sampleForms(held) } },
  });
};
