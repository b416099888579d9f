/** One standard before the panel: its bands, what triggers discretion, the cases that decide. */
import { limitInWords } from "@assay/domain/audit/explain-combining.ts";
import { answersIn } from "@assay/domain/briefing/case-file.ts";
import {
  type CaseRules,
  caseQuestionsOf,
  caseRulesOf,
  populationOf,
} from "@assay/domain/framework/standards.ts";
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import type { AnyFact } from "@assay/domain/facts.ts";
import type { Population } from "@assay/domain/framework/case-profile.ts";
import type { Standard } from "@assay/domain/framework/standard.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { type Boarded, keyAnswersOf } from "@assay/domain/panel/board.ts";
import { limitOn } from "@assay/domain/panel/conclude.ts";
import { voted } from "@assay/domain/panel/sitting.ts";
import { deliberationOn, type PanelState } from "@assay/domain/panel/state.ts";
import { bandOf, bandsIn } from "@assay/domain/ratings/percent.ts";

import { drawBands } from "../drawing/bands.ts";
import { standardForms } from "../forms/panel.ts";
import { onTheBoard, owedOn, pivotsOn, scoresOn } from "../reading/board.ts";
import { boardIn } from "../reading/derived.ts";
import { evidenceTitle } from "../reading/dossiers.ts";
import { factOf, type Held } from "../reading/held.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { triggerInWords, triggerNames } from "../wording/triggers.ts";
import { deliberationIn } from "./deliberation.ts";
import { frame, provisionalBehind } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound, signedIn } from "./page.ts";

export const standardPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  const code = visit.parts["standard"] ?? "";
  const all = onTheBoard(held.panel);
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
      ...limitsOn(held, standard),
      provisional: provisionalBehind(held, code),
      now: visit.now,
      ...(standard.judged !== "by-people" && numbersOf(standard, held)),
      ...(standard.judged === "by-cases" && {
        seen: seenOf(panel.briefing, populationOf(standard)),
      }),
      owed: owedOn(panel, code),
      proposal: proposalOn(events, code, held),
      evidence: evidenceFor(standard, events),
      decision,
      concluded,
      votes: [...votes].map(([member, rating]) => ({ member, rating })),
      voted: voted(panel, code),
      deliberation: deliberationIn(events, standard, panel.briefing.framework),
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

/** What keeps its rating low: the limits in words, and the best rating that they leave now. */
const limitsOn = ({ panel }: Held, standard: Standard) => {
  const isDomain = !standardsOf(panel.briefing).includes(standard);
  const domain = panel.briefing.framework?.domains.find(({ number }) => number === standard.domain);
  const own = standard.judged === "by-questions" ? standard.limits : undefined;
  const limits = (isDomain ? domain?.rating?.limits : own) ?? [];
  const what = isDomain ? "standard" : "key question";
  return {
    limits: limits.map((limit) => limitInWords(limit, what)),
    atMost: limits.length > 0 ? limitOn({ standard, code: standard.code }, panel) : undefined,
  };
};

const numbersOf = (standard: Boarded, held: Held) => {
  const { panel } = held;
  const board = boardIn(standard, panel);
  const { framework } = panel.briefing;
  if (!framework) return {};
  const rules = caseRulesOf(framework, standard);
  const asked = caseQuestionsOf(standard);
  return {
    board,
    ...(asked.length > 0 && { bands: drawBands(board, rules) }),
    questions: board.keyQuestions.map((question, place) => ({
      ...question,
      label: asked[place]?.label,
      ...(question.percent !== undefined && placeAmong(question.percent, rules)),
      small: question.relevant > 0 && question.relevant <= (rules.discretion?.smallSample ?? 0),
      prompts: promptsOf(standard, place, panel),
      lowest: board.lowest.includes(question.keyQuestion),
      noes: keyAnswersOf(asked, panel)
        .filter(
          ({ keyQuestion, answer }) => keyQuestion === question.keyQuestion && answer === "no",
        )
        .map((answer) => answer.case),
    })),
    hasDiscretion: rules.discretion?.domains.includes(standard.domain) ?? false,
    triggers: board.triggers.map((met) => ({
      name: triggerNames[met.trigger],
      lines: rules.discretion ? triggerInWords(met, rules.discretion) : [],
    })),
    ...(standard.judged === "by-cases" && { pivots: pivotsOn(standard, panel) }),
  };
};

/** The band of a percentage, and how far it stands from the nearest boundary. */
const placeAmong = (percent: number, rules: CaseRules) => {
  const band = bandOf(percent, rules);
  const all = bandsIn(rules);
  const at = all.findIndex(({ grade }) => grade === band);
  const next = all[at + 1]?.grade;
  const [over, under] = [percent - (all[at]?.floor ?? 0), (all[at]?.next ?? Infinity) - percent];
  const points = (count: number): string => `${count} ${count === 1 ? "point" : "points"}`;
  const distance = next && under <= over ? `${points(under)} below ${next}` : undefined;
  const from = at === 0 ? undefined : `${points(over)} above its floor`;
  return { band, distance: distance ?? from };
};

/** The answers to the prompts behind a key question, in the cases that it concerns. */
const promptsOf = (standard: Boarded, place: number, { briefing, files }: PanelState) => {
  const question = caseQuestionsOf(standard)[place];
  const concerned = [...briefing.sample.values()].flatMap(({ case: id, population }) => {
    const file = population === question?.population ? files.get(id) : undefined;
    return file && question && file.relevant.has(question.code) ? [file] : [];
  });
  return (question?.prompts ?? []).map(({ code, label }) => {
    const said = (answer: string): number =>
      concerned.filter((file) => answersIn(file).get(code)?.answer === answer).length;
    return { code, label, yes: said("yes"), no: said("no"), none: said("not-applicable") };
  });
};

/** How many of the eligible cases are in the sample; nothing before the draw. */
const seenOf = ({ sample, eligible }: Held["panel"]["briefing"], population: Population) => {
  const cases = [...sample.values()].filter((each) => each.population === population).length;
  const all = eligible[population];
  return all === undefined ? undefined : { cases, all: Math.max(all, cases) };
};

const proposalOn = (events: readonly AnyFact[], code: string, held: Held) => {
  const found = events.findLast(
    (event) => event.type === "DomainOneProposed" && event.standard === code,
  );
  return found?.type === "DomainOneProposed"
    ? {
        ...found,
        titles: found.evidence.map((item) => evidenceTitle(held, item)),
        rationale: words(found.text)?.rationale ?? "[erased]",
      }
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
