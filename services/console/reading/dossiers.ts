/** Everything recorded about single cases, for those who may read it. */
import { answersIn } from "@assay/domain/briefing/case-file.ts";
import type { ListedCase } from "@assay/domain/announcement/events.ts";
import { pinned } from "@assay/domain/briefing/inspection.ts";
import { relevanceOf } from "@assay/domain/framework/relevance.ts";
import { purposesOf } from "@assay/domain/framework/columns.ts";
import { kindOf, valueInWords } from "@assay/domain/framework/populations.ts";
import { caseKeyQuestions, type Located } from "@assay/domain/framework/standards.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { dayInWords } from "@assay/domain/kernel/wording.ts";
import type { CaseId, ItemId } from "@assay/domain/kernel/ids.ts";
import type { AssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import { isAssessmentEvent } from "@assay/domain/fieldwork/assessment/events.ts";
import type { StoredEvent } from "@assay/store/port.ts";

import { factOf, type Held } from "./held.ts";

export type Told = {
  readonly at: string;
  readonly by: string;
  readonly answer: string;
  readonly rationale: string | undefined;
  readonly evidence: readonly string[];
  readonly reason: string | undefined;
};

/** The events of one case, as facts. */
export const caseFacts = (events: readonly StoredEvent[], id: CaseId): readonly AssessmentEvent[] =>
  events
    .map(factOf)
    .filter((fact) => isAssessmentEvent(fact))
    .filter((fact) => fact.case === id);

/** Every answer ever given to each question, the first first. */
export const answersTold = (
  facts: readonly AssessmentEvent[],
): ReadonlyMap<string, readonly Told[]> => {
  const found = new Map<string, Told[]>();
  for (const fact of facts) {
    if (fact.type !== "JudgementRecorded") continue;
    const said = words(fact.text);
    const told = {
      at: fact.at,
      by: fact.by.id,
      answer: fact.answer,
      rationale: said ? said.rationale : "[erased]",
      evidence: said?.evidence ?? [],
      reason: said?.reason,
    };
    found.set(fact.question, [...(found.get(fact.question) ?? []), told]);
  }
  return found;
};

/** The questions of a case by standard: whether each is asked, why, and what was answered. */
export const questionsOf = (held: Held, id: CaseId, told: ReadonlyMap<string, readonly Told[]>) => {
  const { framework } = held.fieldwork.briefing;
  const sampled = held.fieldwork.briefing.sample.get(id);
  const file = held.fieldwork.files.get(id);
  if (!framework || !sampled) return [];
  const standards = new Map<string, ReturnType<typeof questionIn>[]>();
  const questionIn = ({ standard, keyQuestion }: Located) => {
    const { code, label, wording } = keyQuestion;
    const relevance = file?.scope && relevanceOf(keyQuestion, { ...sampled, scope: file.scope });
    const answers = (question: string) => ({
      given: answersIn(file).get(question),
      told: told.get(question) ?? [],
    });
    return {
      ...{ code, label, wording },
      standard: `${standard.code} ${standard.label}`,
      relevant: relevance?.relevant,
      because: relevance?.because,
      ...answers(code),
      prompts: keyQuestion.prompts.map((prompt) => ({ ...prompt, ...answers(prompt.code) })),
    };
  };
  for (const located of caseKeyQuestions(framework)) {
    if (located.keyQuestion.population !== sampled.population) continue;
    const { code } = located.standard;
    standards.set(code, [...(standards.get(code) ?? []), questionIn(located)]);
  }
  return [...standards].map(([code, questions]) => ({
    code,
    name: questions[0]?.standard ?? code,
    questions,
  }));
};

/** What the list says of a case, by the labels of its columns; `kindOnly` leaves out the rest. */
export const profileOf = (held: Held, id: CaseId, kindOnly = false) => {
  const framework = pinned(held.announcement.briefing);
  const profile = listedCase(held, id)?.profile ?? {};
  const shown = framework.columns.filter((column) => profile[column.name] !== undefined);
  const { day } = purposesOf(framework.columns);
  const onDay = shown
    .filter(({ name }) => name === day)
    .map(({ name, label }) => ({ label, value: dayInWords(String(profile[name])) }));
  if (kindOnly) return [{ label: "Kind", value: kindOf(framework, profile) }, ...onDay];
  const rest = shown.filter(({ name }) => name !== day);
  return [
    ...onDay,
    ...rest.map((column) => ({
      label: column.label,
      value: valueInWords(column, profile[column.name]),
    })),
  ];
};

/** What a piece of evidence is called, for whoever chooses it or reads what rests on it. */
export const evidenceTitle = ({ fieldwork }: Held, item: ItemId): string => {
  const logged = fieldwork.evidence.get(item);
  return (logged && words(logged.text)?.title) ?? "[erased]";
};

export const listedCase = (held: Held, id: CaseId): ListedCase | undefined =>
  held.announcement.cases.get(id);
