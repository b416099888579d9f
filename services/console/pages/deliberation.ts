/**
 * What the panel has said and decided on a standard, with what the numbers say of each reason; and
 * a reason that contradicts them held back once, so that whoever gave it looks at it again.
 */
import type { Framework } from "@assay/domain/framework/document.ts";
import { caseRulesOf } from "@assay/domain/framework/standards.ts";
import { type ReasonDoubt, reasonDoubts } from "@assay/domain/audit/reasons.ts";
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import type { AnyFact } from "@assay/domain/facts.ts";
import { Rating } from "@assay/domain/framework/scale.ts";
import type { Standard } from "@assay/domain/framework/standard.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { boardOf } from "@assay/domain/panel/board.ts";
import { PanelCommand } from "@assay/domain/panel/commands.ts";
import { type RatedStandard, rateStandard } from "@assay/domain/ratings/rate.ts";
import { doubtsOnReason } from "@assay/report/panel-words.ts";

import type { Doubting } from "../forms/taking.ts";
import type { Form } from "../http/asked.ts";
import { recordedIn } from "../reading/derived.ts";
import type { Held } from "../reading/held.ts";
import { inspectionIn, signedIn } from "./page.ts";

/** The first first. */
export const deliberationIn = (
  events: readonly AnyFact[],
  standard: Standard,
  framework?: Framework,
) => {
  let board: RatedStandard | undefined;
  const rules = framework && caseRulesOf(framework, standard);
  return events.flatMap((event) => {
    const of = "standard" in event ? event.standard : undefined;
    if (of !== standard.code || event.type === "DomainOneProposed") return [];
    if (event.type === "StandardConsidered" && rules) {
      board = rateStandard(standard, event.keyQuestions, rules);
    }
    const said = "text" in event ? words<object>(event.text) : undefined;
    const reason = said && "reason" in said ? String(said.reason) : undefined;
    const to = "to" in event ? event.to : "rating" in event ? event.rating : undefined;
    const move = event.type === "DiscretionExercised" ? event : undefined;
    const doubts =
      reason !== undefined && board && rules && isDiscretion(event.type)
        ? reasonDoubts(reason, { board, rules, ...(move && { move }) })
        : [];
    return [{ type: event.type, at: event.at, by: event.by, to, reason, doubts }];
  });
};

const isDiscretion = (type: string): boolean =>
  type === "DiscretionExercised" || type === "DiscretionDeclined";

/**
 * A doubtful reason is asked about before it is recorded: one that the numbers contradict, or of
 * which the report's checks would say something that nobody could then put right.
 */
export const doubting: Doubting = async (visit, form, command) => {
  const held = await inspectionIn(visit);
  const told = doubtsOn(form, held);
  const meant = PanelCommand.safeParse({
    ...command,
    ...{ inspection: held.inspection, at: visit.now, by: signedIn(visit).actor },
  });
  const checked = meant.success
    ? doubtsOnReason(recordedIn(await visit.library.events(held)), held.panel, meant.data)
    : [];
  return [
    ...told.map(({ quote, words: doubt }) => `The reason says “${quote}”, but ${doubt}`),
    ...checked
      .filter(({ problem }) => told.every(({ quote }) => !problem.includes(quote.replace("%", ""))))
      .map(({ problem }) => problem),
  ].map((text) => ({ text, field: "reason" }));
};

const doubtsOn = (form: Form, { panel }: Held): readonly ReasonDoubt[] => {
  const { framework } = panel.briefing;
  const standard = standardsOf(panel.briefing).find(({ code }) => code === form.value("standard"));
  const exercised = form.value("_type") === "ExerciseDiscretion";
  if (!exercised && form.value("_type") !== "DeclineDiscretion") return [];
  if (!framework || standard?.judged !== "by-cases") return [];
  const board = boardOf(standard, panel);
  const rules = caseRulesOf(framework, standard);
  const to = Rating.safeParse(form.value("to"));
  const move =
    exercised && board.rule && to.success ? { from: board.rule, to: to.data } : undefined;
  return reasonDoubts(form.value("reason"), { board, rules, ...(move && { move }) });
};
