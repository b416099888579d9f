/** One standard before the panel: its bands, what triggers discretion, the cases that decide. */
import type { AnyFact } from "@assay/domain/facts.ts";
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import type { Population } from "@assay/domain/framework/case-profile.ts";
import { Rating, type Ruleset } from "@assay/domain/framework/ruleset.ts";
import type { CaseStandard, Standard } from "@assay/domain/framework/version.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { keyAnswersOf } from "@assay/domain/panel/board.ts";
import { voted } from "@assay/domain/panel/sitting.ts";
import { deliberationOn, type PanelState } from "@assay/domain/panel/state.ts";
import { bandOf } from "@assay/domain/ratings/percent.ts";

import { drawBands } from "../drawing/bands.ts";
import { standardForms } from "../forms/panel.ts";
import { owedOn, pivotsOn, scoresOn } from "../reading/board.ts";
import { boardIn } from "../reading/derived.ts";
import type { Firmnesses } from "../reading/firmness.ts";
import { factOf, type Held } from "../reading/held.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { triggerInWords, triggerNames } from "../wording/triggers.ts";
import { deliberationIn } from "./deliberation.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound, signedIn } from "./page.ts";

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
        owed: owedOn(panel, code),
        proposal: proposalOn(events, code),
        evidence: evidenceFor(standard, events),
        decision,
        concluded,
        votes: [...votes].map(([member, rating]) => ({ member, rating })),
        voted: voted(panel, code),
        deliberation: deliberationIn(events, standard, panel.briefing.framework?.ruleset),
        scores: scoresOn(panel, code, visit.viewer),
        previous: all[place - 1],
        next: all[place + 1],
      },
      forms: {
        about: { held, now: visit.now },
        at: standardForms(held, standard, signedIn(visit).actor.id),
      },
    });
  };

const numbersOf = (standard: CaseStandard, held: Held) => {
  const { panel } = held;
  const board = boardIn(standard, panel);
  const ruleset = panel.briefing.framework?.ruleset;
  if (!board || !ruleset) return {};
  return {
    board,
    bands: drawBands(board, ruleset),
    questions: board.keyQuestions.map((question, place) => ({
      ...question,
      label: standard.keyQuestions[place]?.label,
      ...(question.percent !== undefined && placeAmong(question.percent, ruleset)),
      small: question.relevant > 0 && question.relevant <= ruleset.discretion.smallSample,
      prompts: promptsOf(standard, place, panel),
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
    pivots: pivotsOn(standard, panel),
  };
};

/** The band of a percentage, and how far it stands from the nearest boundary. */
const placeAmong = (percent: number, { bands }: Ruleset) => {
  const band = bandOf(percent, bands);
  const next = Rating.options[Rating.options.indexOf(band) + 1];
  const [over, under] = [percent - bands[band], next ? bands[next] - percent : Infinity];
  const points = (count: number): string => `${count} ${count === 1 ? "point" : "points"}`;
  const distance = next && under <= over ? `${points(under)} below ${next}` : undefined;
  const from = Rating.options.indexOf(band) === 0 ? undefined : `${points(over)} above its floor`;
  return { band, distance: distance ?? from };
};

/** The answers to the prompts behind a key question, in the cases that it concerns. */
const promptsOf = (standard: CaseStandard, place: number, { briefing, files }: PanelState) => {
  const question = standard.keyQuestions[place];
  const concerned = [...briefing.sample.values()].flatMap(({ case: id, population }) => {
    const file = population === standard.population ? files.get(id) : undefined;
    return file && question && file.relevant.has(question.code) ? [file] : [];
  });
  return (question?.prompts ?? []).map(({ code, label }) => {
    const said = (answer: string): number =>
      concerned.filter((file) => file.answers.get(code)?.answer === answer).length;
    return { code, label, yes: said("yes"), no: said("no"), none: said("not-applicable") };
  });
};

const isWhole = ({ sample, eligible }: Held["panel"]["briefing"], population: Population) =>
  [...sample.values()].filter((each) => each.population === population).length >=
  eligible[population];

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
