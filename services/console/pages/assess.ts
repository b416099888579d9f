/**
 * The assessment of one case in steps: its scope, a page for each standard, what rates nothing and
 * the interview, and a check of all answers. A form holds one key question with its prompts; each
 * answer in it is a command of its own.
 */
import type { CaseTally } from "@assay/domain/framework/document-shape.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { answersIn, type CaseFile } from "@assay/domain/briefing/case-file.ts";
import { identifyingInRequest, identifyingInWords } from "@assay/domain/kernel/identifying.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";
import { flattened, issueInWords } from "@assay/host/issue-words.ts";

import { assessmentForms, type StepKind } from "../forms/assessment.ts";
import type { Attempt, Trouble } from "../forms/attempt.ts";
import { taking, warningIn } from "../forms/taking.ts";
import type { Form } from "../http/asked.ts";
import { redirect } from "../http/answer.ts";
import { answersTold, caseFacts, profileOf, questionsOf, type Told } from "../reading/dossiers.ts";
import type { Held } from "../reading/held.ts";
import { offered } from "../reading/offering.ts";
import { referenceFor } from "../reading/own-cases.ts";
import { isBlind } from "../reading/viewer.ts";
import { refusalInWords } from "../wording/refusals.ts";
import { caseIn } from "./cases.ts";
import { frame } from "./inspection.ts";
import { waitingFor } from "../unsent/unsent.ts";
import { type Handle, inspectionIn, NotFound, signedIn, type Visit } from "./page.ts";

const caseOf = (visit: Visit, held: Held) => {
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

/** Answers are taken question by question; everything else is a form for one command. */
export const takeAssessment: Handle = async (visit) => {
  const form = await visit.asked.form();
  if (form.value("_type") !== "Answers") return taking(assessStepPage)(visit);
  const held = await inspectionIn(visit);
  const { id } = caseOf(visit, held);
  const question = form.value("keyQuestion");
  const again = (troubles: readonly Trouble[], mark?: string) =>
    answersAgain(visit, { form: `q-${question}`, typed: form, troubles, ...(mark && { mark }) });
  const warned = warningIn(identifyingInRequest(wordsIn(form)).map(identifyingInWords), form);
  if (warned) return again(warned.troubles, warned.mark);
  const troubles = await sendAnswers(visit, form, { held, id });
  if (troubles.length > 0) return again(troubles);
  const person = signedIn(visit).actor.id;
  visit.words.drop({ person, page: visit.asked.path, form: `q-${question}` });
  return redirect(`${visit.asked.path}?done=RecordJudgement#q-${question}`);
};

/** The page with what was typed in that question’s form, and what is wrong at which field. */
const answersAgain = (visit: Visit, attempt: Attempt) => {
  const errors: Record<string, string> = {};
  const problems = attempt.troubles.flatMap((each) => {
    if (!("text" in each)) return [];
    const { text, field } = each;
    if (field !== undefined) errors[field] ??= text;
    const place = field === "reason" ? `reason-${attempt.form.slice(2)}` : (field ?? attempt.form);
    return [{ text, href: `#${field === undefined ? place : fieldId(place)}` }];
  });
  const tried = { form: attempt.form, typed: attempt.typed, errors };
  return assessStepPage({
    ...visit,
    render: ({ model, ...rest }) =>
      visit.render({
        ...rest,
        status: 422,
        model: { ...model, problems, tried },
        ...(attempt.mark !== undefined && { attempt }),
      }),
  });
};

/** `rationale.3.1.1` as the id of its field. */
const fieldId = (name: string): string => name.replaceAll(".", "-");

/** What is written beside the answers of a form. */
const wordsIn = (form: Form): object => ({
  rationale: form.names.filter((name) => name.startsWith("rationale.")).map(form.value),
  reason: form.value("reason"),
});

type Case = { readonly held: Held; readonly id: CaseId };

/** Sends every answer that is new or other than before, prompts first, as they stand. */
const sendAnswers = async (
  visit: Visit,
  form: Form,
  { held, id }: Case,
): Promise<readonly Trouble[]> => {
  const { actor } = signedIn(visit);
  const second = isBlind(visit.viewer, held, id);
  const file = held.fieldwork.files.get(id);
  const known = answersIn(second ? file?.second : file);
  const troubles: Trouble[] = [];
  for (const name of form.names.filter((each) => each.startsWith("answer."))) {
    const question = name.slice("answer.".length);
    const answer = form.value(name);
    const [rationale, reason] = [form.value(`rationale.${question}`), form.value("reason")];
    if (answer === known.get(question)?.answer && rationale.trim() === "") continue;
    const sent = await visit.send({
      id: uuidFrom(`${form.value("_command")}/${question}`),
      by: actor,
      correlationId: visit.asked.correlationId,
      command: {
        type: second ? "RecordSecondJudgement" : "RecordJudgement",
        inspection: held.inspection,
        case: id,
        question,
        answer,
        ...(rationale.trim() !== "" && { rationale }),
        ...(!second && reason.trim() !== "" && { reason }),
      },
    });
    if (sent.outcome === "malformed")
      for (const issue of flattened(sent.error.issues)) {
        const part = issue.path[0] === "reason" ? "reason" : `${String(issue.path[0])}.${question}`;
        const label = labels[String(issue.path[0])] ?? `Answer to ${question}`;
        troubles.push({ text: issueInWords(issue, { label }), field: part });
      }
    else if (!sent.reply.accepted) {
      const { refusal } = sent.reply;
      const part = partsOf[refusal.reason] ?? "answer";
      const field = part === "reason" ? part : `${part}.${question}`;
      troubles.push({ text: refusalInWords(refusal), field });
    }
  }
  return troubles;
};

const labels: Readonly<Record<string, string>> = { rationale: "Rationale", reason: "Reason" };

/** Where a refusal stands, if not at the answer. */
const partsOf: Readonly<Record<string, "rationale" | "reason">> = {
  RationaleRequired: "rationale",
  ReasonRequired: "reason",
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
