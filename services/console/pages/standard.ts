/** One standard before the panel: its bands, what triggers discretion, the cases that decide. */
import type { AnyFact } from "@assay/domain/facts.ts";
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import type { Population } from "@assay/domain/framework/case-profile.ts";
import { Rating } from "@assay/domain/framework/ruleset.ts";
import type { CaseStandard, Standard } from "@assay/domain/framework/version.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { boardOf, keyAnswersOf } from "@assay/domain/panel/board.ts";
import { undecided } from "@assay/domain/panel/conclude.ts";
import { voted } from "@assay/domain/panel/sitting.ts";
import { deliberationOn, isRecused } from "@assay/domain/panel/state.ts";
import { pivotsOf } from "@assay/domain/ratings/sensitivity.ts";

import { drawBands } from "../drawing/bands.ts";
import type { Firmnesses } from "../reading/firmness.ts";
import { factOf, type Held } from "../reading/held.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { triggerInWords, triggerNames } from "../wording/triggers.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";

export const standardPage =
  (firmnesses: Firmnesses): Handle =>
  async (visit) => {
    const held = await inspectionIn(visit);
    const code = visit.parts["standard"] ?? "";
    const all = standardsOf(held.panel.briefing);
    const standard = all.find((each) => each.code === code);
    if (!standard || !isStaff(visit.viewer) || marksBlind(visit.viewer, held)) throw new NotFound();
    const { panel } = held;
    const place = all.indexOf(standard);
    const events = (await visit.library.events(held)).map(factOf);
    const { decision, votes } = deliberationOn(panel, code);
    const framed = frame(held, visit.viewer, "panel");
    const concluded = panel.concluded.find((each) => each.standard === code);
    const sitting = panel.phase.matches("sitting");
    return visit.render({
      view: "standard",
      title: `${code} ${standard.label} – ${framed.head.service}`,
      model: {
        ...framed,
        crumbs: [...framed.crumbs, { text: "Panel", href: `${framed.base}/panel` }],
        standard,
        now: visit.now,
        ...(standard.judged === "by-cases" && numbersOf(standard, held)),
        firmness: firmnesses(held)?.standards.find((each) => each.standard === code),
        whole: standard.judged === "by-cases" && isWhole(held.panel.briefing, standard.population),
        ratings: Rating.options,
        sitting,
        owed: sitting
          ? undecided(panel)?.standards.find((each) => each.standard === code)?.owed
          : undefined,
        proposal: proposalOn(events, code),
        evidence: evidenceFor(standard, events),
        decision,
        concluded,
        votes: [...votes].map(([member, rating]) => ({ member, rating })),
        voted: voted(panel, code),
        deliberation: deliberationIn(events, code),
        members: panel.members.filter((member) => !isRecused(panel, member, code)),
        previous: all[place - 1],
        next: all[place + 1],
      },
    });
  };

const numbersOf = (standard: CaseStandard, held: Held) => {
  const { panel } = held;
  const board = boardOf(standard, panel);
  const ruleset = panel.briefing.framework?.ruleset;
  if (!board || !ruleset) return {};
  const pivots = pivotsOf(standard.keyQuestions, keyAnswersOf(standard, panel), ruleset);
  return {
    board,
    bands: drawBands(board, ruleset),
    questions: board.keyQuestions.map((question, place) => ({
      ...question,
      label: standard.keyQuestions[place]?.label,
      lowest: board.lowest.includes(question.keyQuestion),
      noes: keyAnswersOf(standard, panel)
        .filter(
          ({ keyQuestion, answer }) => keyQuestion === question.keyQuestion && answer === "no",
        )
        .map((answer) => answer.case),
    })),
    triggers: board.triggers.map((met) => ({
      name: triggerNames[met.trigger],
      lines: triggerInWords(met, ruleset),
    })),
    pivots: grouped(pivots),
  };
};

const isWhole = ({ sample, eligible }: Held["panel"]["briefing"], population: Population) =>
  [...sample.values()].filter((each) => each.population === population).length >=
  eligible[population];

type Pivot = ReturnType<typeof pivotsOf>[number];

/** The single judgements that decide, by key question and by what they would change it to. */
const grouped = (pivots: readonly Pivot[]) => {
  const groups = new Map<string, { pivot: Pivot; cases: string[] }>();
  for (const pivot of pivots) {
    const key = `${pivot.keyQuestion} ${pivot.answer} ${pivot.rating}`;
    const group = groups.get(key) ?? { pivot, cases: [] };
    group.cases.push(pivot.case);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ pivot, cases }) => ({
    keyQuestion: pivot.keyQuestion,
    answer: pivot.answer,
    rating: pivot.rating,
    cases,
  }));
};

const proposalOn = (events: readonly AnyFact[], code: string) => {
  const found = events.findLast(
    (event) => event.type === "DomainOneProposed" && event.standard === code,
  );
  return found?.type === "DomainOneProposed"
    ? { ...found, rationale: words(found.text)?.rationale ?? "[erased]" }
    : undefined;
};

const evidenceFor = ({ keyQuestions, judged }: Standard, events: readonly AnyFact[]) =>
  judged === "by-cases"
    ? []
    : events
        .filter((event) => event.type === "EvidenceLogged")
        .filter((event) =>
          event.keyQuestions.some((code) => keyQuestions.some((each) => each.code === code)),
        )
        .map((event) => ({
          item: event.item,
          kind: event.kind,
          keyQuestions: event.keyQuestions,
          title: words(event.text)?.title ?? "[erased]",
          note: words(event.text)?.note ?? "",
        }));

/** What the panel has said and decided on the standard, the first first. */
const deliberationIn = (events: readonly AnyFact[], code: string) =>
  events.flatMap((event) => {
    if (!("standard" in event) || event.standard !== code || event.type === "DomainOneProposed")
      return [];
    const said = "text" in event ? words<object>(event.text) : undefined;
    const reason = said && "reason" in said ? said.reason : undefined;
    const to = "to" in event ? event.to : "rating" in event ? event.rating : undefined;
    return [{ type: event.type, at: event.at, by: event.by, to, reason }];
  });
