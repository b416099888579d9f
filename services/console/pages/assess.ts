/**
 * The assessment of one case in steps: its scope, a page for each standard, what rates nothing and
 * the interview, and a check of all answers. The form of a standard holds its key questions with
 * their prompts.
 */
import type { CaseTally } from "@assay/domain/framework/document-shape.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { answersIn, type CaseFile } from "@assay/domain/briefing/case-file.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";

import { assessmentForms, type StepKind } from "../forms/assessment.ts";
import { answersTold, caseFacts, profileOf, questionsOf, type Told } from "../reading/dossiers.ts";
import type { Held } from "../reading/held.ts";
import { offered } from "../reading/offering.ts";
import { referenceFor } from "../reading/own-cases.ts";
import { isBlind } from "../reading/viewer.ts";
import { caseIn } from "./cases.ts";
import { frame } from "./inspection.ts";
import { waitingFor } from "../unsent/unsent.ts";
import { type Handle, inspectionIn, NotFound, signedIn, type Visit } from "./page.ts";

export const caseOf = (visit: Visit, held: Held) => {
  const id = caseIn(visit, held);
  const sampled = held.fieldwork.briefing.sample.get(id);
  if (!sampled) throw new NotFound();
  return { id, sampled };
};

/** What all steps show: whose case it is, how far it has come, and the steps themselves. */
const opened = async (visit: Visit) => {
  const viewer = signedIn(visit);
  const held = await inspectionIn(visit);
  const { id } = caseOf(visit, held);
  const { framework } = held.fieldwork.briefing;
  const tallies = framework?.caseTallies ?? [];
  const second = isBlind(viewer, held, id);
  const facts = caseFacts(await visit.library.events(held), id);
  const told = second ? new Map<string, readonly Told[]>() : answersTold(facts);
  const standards = questionsOf(held, id, told);
  const file = held.fieldwork.files.get(id);
  const answers = answersIn(second ? file?.second : file);
  const commandType = second ? "RecordSecondJudgement" : "RecordJudgement";
  const framed = frame(held, viewer, "cases");
  const home = `${framed.base}/cases/${id}/assess`;
  const answered = new Set(answers.keys());
  const steps = stepsOf({ standards, file, second, answered, tallies }).map((each) => ({
    ...each,
    href: `${home}/${each.step}`,
  }));
  const model = {
    ...framed,
    crumbs: [...framed.crumbs, { text: `Case ${id}`, href: `${framed.base}/cases/${id}` }],
    ...{ id, second, file, home, steps, commandType },
    scope: file?.scope,
    profile: profileOf(held, id),
    reference: referenceFor(viewer, held, id),
    mayScope:
      !file?.scope &&
      offered({ held, now: visit.now }, viewer, "RecordScope", { case: id }).offered,
    answering: offered({ held, now: visit.now }, viewer, commandType, { case: id }),
    answers: Object.fromEntries([...answers].map(([code, given]) => [code, given.answer])),
    progress: progressOf(held, id, second),
  };
  return { held, id, facts, file, standards, tallies, model, service: framed.head.service };
};

/** The list of its steps, each with how far it has come. */
export const assessPage: Handle = async (visit) => {
  const { model, id, service } = await opened(visit);
  const verb = model.second ? "Mark" : "Assess";
  return visit.render({ view: "assess", title: `${verb} case ${id} – ${service}`, model });
};

export const assessStepPage: Handle = async (visit) => {
  const { held, id, facts, file, standards, tallies, model, service } = await opened(visit);
  const { framework } = held.fieldwork.briefing;
  const place = model.steps.findIndex((each) => each.step === visit.parts["step"]);
  const step = model.steps[place];
  if (!step) throw new NotFound();
  const scopeTold = facts.findLast((fact) => fact.type === "ScopeRecorded");
  const forms = assessmentForms({
    id,
    caseFacts: framework?.caseFacts ?? [],
    scope: file?.scope,
    rationale: scopeTold?.type === "ScopeRecorded" ? (words(scopeTold.text)?.rationale ?? "") : "",
    keyQuestions: standards.flatMap(({ questions }) => questions),
    tallies,
    tallied: file?.tallies ?? new Map(),
    worker: framework?.words.worker.one ?? "worker",
  });
  return visit.render({
    view: "assess-step",
    title: `${step.name}: case ${id} – ${service}`,
    model: {
      ...model,
      crumbs: [...model.crumbs, { text: "Assessment", href: model.home }],
      step,
      before: model.steps[place - 1],
      after: model.steps[place + 1],
      standards: standards.filter(({ code }) => code === step.step || step.step === "check"),
      typed: unsentIn(visit),
    },
    forms: { about: { held, now: visit.now }, at: { here: forms[step.kind] } },
  });
};

/** Rationales and reasons that were typed and not saved, by the form's id and the field's name. */
const unsentIn = ({ words: kept, viewer, asked }: Visit) => {
  const own = waitingFor(kept, viewer, asked.path).own;
  return Object.fromEntries(
    [...own].map(([form, { typed, version }]) => [
      form,
      {
        version,
        ...Object.fromEntries(Object.entries(typed).map(([name, all]) => [name, all[0]])),
      },
    ]),
  );
};

type Assessing = {
  readonly standards: ReturnType<typeof questionsOf>;
  readonly file: CaseFile | undefined;
  readonly second: boolean;
  readonly answered: ReadonlySet<string>;
  readonly tallies: readonly CaseTally[];
};

/** Each step with its state in words; what is not asked of the case needs nothing. */
const stepsOf = ({ standards, file, second, answered, tallies }: Assessing) => {
  const scoped = file?.scope !== undefined;
  const state = (done: number, of: number) =>
    !scoped ? "Scope first" : of === 0 ? "Not asked" : done === of ? "Done" : `${done} of ${of}`;
  const tallied = tallies.filter(({ name }) => file?.tallies.has(name)).length;
  const lastly = tallied + (file?.interviewed ? 1 : 0);
  const isOver = file?.status === "completed" || file?.status === "confirmed";
  const ended = second ? file?.second?.completed : isOver;
  const step = (kind: StepKind, name: string, said: string, code: string = kind) => ({
    ...{ step: code, kind, name, state: said, isDone: said === "Done" },
  });
  return [
    ...(second ? [] : [step("scope", "Scope of the case", scoped ? "Done" : "To do")]),
    ...standards.map(({ code, name, questions }) => {
      const asked = questions.filter(({ relevant }) => relevant);
      const done = asked.filter((question) => answered.has(question.code));
      return step("standard", name, state(done.length, asked.length), code);
    }),
    ...(second
      ? []
      : [step("classification", "About the case", state(lastly, tallies.length + 1))]),
    step("check", "Check your answers", ended ? "Done" : "To do"),
  ];
};

const progressOf = (held: Held, id: CaseId, second: boolean) => {
  const file = held.fieldwork.files.get(id);
  const relevant = [...(file?.relevant ?? [])];
  const answers = answersIn(second ? file?.second : file);
  return {
    answered: relevant.filter((code) => answers.has(code)).length,
    relevant: relevant.length,
  };
};
