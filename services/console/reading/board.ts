/** The panel's board: each standard's numbers, what decides it, what is open, who has said what. */
import { provisionalOn } from "@assay/domain/framework/provisional.ts";
import { caseRulesOf, domainsOf } from "@assay/domain/framework/standards.ts";
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import type { CaseStandard, Standard } from "@assay/domain/framework/standard.ts";
import { keyAnswersOf } from "@assay/domain/panel/board.ts";
import { undecided } from "@assay/domain/panel/conclude.ts";
import { deliberationOn, isRecused, type PanelState } from "@assay/domain/panel/state.ts";
import { pivotsOf } from "@assay/domain/ratings/sensitivity.ts";

import { boardIn } from "./derived.ts";
import type { Held } from "./held.ts";
import type { Viewer } from "./viewer.ts";

/** What the panel decides on: standards, and a domain that people grade after its standards. */
export const onTheBoard = ({ briefing }: PanelState): readonly Standard[] => {
  const { framework } = briefing;
  const standards = standardsOf(briefing);
  const domains = framework ? domainsOf(framework, standards) : [];
  return (framework?.domains ?? []).flatMap(({ number }) => [
    ...standards.filter(({ domain }) => domain === number),
    ...domains.flatMap(({ standard }) => (standard.domain === number ? [standard] : [])),
  ]);
};

/** One line for each, in the framework's order. */
export const boardLines = ({ panel }: Held) =>
  onTheBoard(panel).map((standard) => ({
    ...boardLine(standard, panel),
    isDomain: !standardsOf(panel.briefing).includes(standard),
    owed: owedOn(panel, standard.code),
    provisional: isProvisional(panel, standard.code),
  }));

const isProvisional = ({ briefing: { framework } }: PanelState, code: string): boolean =>
  framework !== undefined && provisionalOn(framework, code).length > 0;

/** What the panel has still to do on a standard, while it sits. */
export const owedOn = (panel: PanelState, code: string) =>
  panel.phase.matches("sitting")
    ? undecided(panel)?.standards.find((each) => each.standard === code)?.owed
    : undefined;

const boardLine = (standard: Standard, panel: PanelState) => {
  const { code, label, domain, judged } = standard;
  const board = standard.judged === "by-people" ? undefined : boardIn(standard, panel);
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
      ? (concluded?.rating ?? decision?.rating)
      : (decision?.rating ?? board?.rule ?? proposed),
    final: panel.phase.matches("concluded"),
    triggers: (board?.triggers ?? []).map(({ trigger }) => trigger),
  };
};

/** Scores given before discussion: who has sealed one, who has opened it, and one's own place. */
export const scoresOn = (panel: PanelState, code: string, viewer: Viewer) => {
  const { scores } = deliberationOn(panel, code);
  const voters = panel.members.filter((member) => !isRecused(panel, member, code));
  const own = viewer.kind === "person" ? scores.get(viewer.actor.id) : undefined;
  return {
    members: voters.map((member) => ({
      member,
      sealed: scores.has(member),
      opened: scores.get(member)?.opened,
    })),
    begun: scores.size > 0,
    waits: voters.filter((member) => !scores.has(member)),
    own: own ? (own.opened ? ("opened" as const) : ("sealed" as const)) : ("none" as const),
  };
};

type Pivot = ReturnType<typeof pivotsOf>[number];

/** The single judgements that decide, by key question and by what they would change it to. */
export const pivotsOn = (standard: CaseStandard, panel: PanelState) => {
  const { framework } = panel.briefing;
  const { keyQuestions } = standard;
  const pivots = framework
    ? pivotsOf(keyQuestions, keyAnswersOf(keyQuestions, panel), caseRulesOf(framework, standard))
    : [];
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
