/**
 * Takes the answers that an inspector gives to the questions of one standard in one form. Each is a
 * command of its own, so that one that is refused holds no other back.
 */
import { answersIn } from "@assay/domain/briefing/case-file.ts";
import { keyQuestionOf } from "@assay/domain/kernel/codes.ts";
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";
import { identifyingInRequest, identifyingInWords } from "@assay/domain/kernel/identifying.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";
import { flattened, issueInWords } from "@assay/host/issue-words.ts";

import type { Attempt, Trouble } from "../forms/attempt.ts";
import { taking, warningIn } from "../forms/taking.ts";
import { redirect } from "../http/answer.ts";
import type { Form } from "../http/asked.ts";
import { answersTold, caseFacts, questionsOf, type Told } from "../reading/dossiers.ts";
import { offered } from "../reading/offering.ts";
import { isBlind } from "../reading/viewer.ts";
import { refusalInWords } from "../wording/refusals.ts";
import { assessStepPage, caseOf } from "./assess.ts";
import { errorPage } from "./error-page.ts";
import { type Handle, inspectionIn, signedIn, type Visit } from "./page.ts";

/** Answers are taken standard by standard; everything else is a form for one command. */
export const takeAssessment: Handle = async (visit) => {
  const form = await visit.asked.form();
  if (form.value("_type") !== "Answers") return taking(assessStepPage)(visit);
  const held = await inspectionIn(visit);
  const { id } = caseOf(visit, held);
  const second = isBlind(visit.viewer, held, id);
  const told = answersTold(caseFacts(await visit.library.events(held), id));
  const marked = answersIn(held.fieldwork.files.get(id)?.second);
  const answers = changedIn(form, (question) =>
    second ? marked.get(question) : told.get(question)?.at(-1),
  );
  const asked = new Set(
    questionsOf(held, id, told).flatMap(({ questions }) =>
      questions.flatMap(({ code, prompts }) => [code, ...prompts.map((prompt) => prompt.code)]),
    ),
  );
  if (answers.some(({ question }) => !asked.has(question))) return errorPage(visit, 400);
  const type = second ? "RecordSecondJudgement" : "RecordJudgement";
  // Words are looked through only for whoever may record them.
  const { offered: isTheirs } = offered({ held, now: visit.now }, signedIn(visit), type, {
    case: id,
  });
  const written = answers.map(({ rationale, reason }) => ({ rationale, reason }));
  const found = isTheirs ? identifyingInRequest({ written }).map(identifyingInWords) : [];
  const warned = warningIn(found, form);
  if (warned) return answersAgain(visit, { form: "answers", typed: form, ...warned });
  const about = { type, inspection: held.inspection, case: id, answers } as const;
  const troubles = [...(await sendAnswers(visit, form, about)), ...wordsAlone(form, answers)];
  if (troubles.length > 0) return answersAgain(visit, { form: "answers", typed: form, troubles });
  return redirect(`${visit.asked.path}?done=RecordJudgement`);
};

type Given = {
  readonly question: string;
  readonly answer: string;
  readonly rationale: string;
  readonly reason: string;
};

/** Every answer of the form that is new or other than it was, prompts first, as they stand. */
const changedIn = (
  form: Form,
  lastOf: (
    question: string,
  ) => (Pick<Told, "answer"> & Partial<Pick<Told, "rationale">>) | undefined,
): readonly Given[] =>
  form.names
    .filter((name) => name.startsWith("answer."))
    .map((name) => name.slice("answer.".length))
    .map((question) => ({
      question,
      answer: form.value(`answer.${question}`),
      rationale: form.value(`rationale.${question}`).trim(),
      reason: form.value(`reason.${keyQuestionOf(question)}`).trim(),
    }))
    .filter(({ question, answer, rationale }) => {
      const last = lastOf(question);
      return answer !== last?.answer || (rationale !== "" && rationale !== last.rationale?.trim());
    });

/** Words with nothing beside which they could be recorded. */
const wordsAlone = (form: Form, answers: readonly Given[]): readonly Trouble[] => {
  const changed = new Set(answers.map(({ question }) => keyQuestionOf(question)));
  return form.names.flatMap((name): readonly Trouble[] => {
    const question = name.replace(/^[a-z]+\./, "");
    if (form.value(name).trim() === "") return [];
    if (name.startsWith("rationale.") && form.value(`answer.${question}`) === "")
      return [{ text: `Answer ${question}: you have said why`, field: `answer.${question}` }];
    if (name.startsWith("reason.") && !changed.has(question))
      return [{ text: `Change an answer of ${question}, or take the reason out`, field: name }];
    return [];
  });
};

/** The page with what was typed, and what is wrong at which field. */
const answersAgain = (visit: Visit, attempt: Attempt) => {
  const errors: Record<string, string> = {};
  const problems = attempt.troubles.flatMap((each) => {
    if (!("text" in each)) return [];
    const { text, field } = each;
    if (field !== undefined) errors[field] ??= text;
    return [{ text, href: `#${fieldId(field ?? attempt.form)}` }];
  });
  const tried = { typed: attempt.typed, errors };
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

type Answering = {
  readonly type: "RecordJudgement" | "RecordSecondJudgement";
  readonly inspection: string;
  readonly case: CaseId;
  readonly answers: readonly Given[];
};

/** Sends each answer. What was typed beside it is kept until it is accepted. */
const sendAnswers = async (
  visit: Visit,
  form: Form,
  { answers, ...about }: Answering,
): Promise<readonly Trouble[]> => {
  const { actor } = signedIn(visit);
  const troubles: Trouble[] = [];
  const open = new Set<string>();
  const trouble = (question: string, part: string, text: string) => {
    const owner = part === "reason" ? keyQuestionOf(question) : question;
    open.add(keyQuestionOf(question));
    troubles.push({ text, field: `${part}.${owner}` });
  };
  for (const { question, answer, rationale, reason } of answers) {
    const sent = await visit.send({
      id: uuidFrom(`${form.value("_command")}/${question}`),
      by: actor,
      correlationId: visit.asked.correlationId,
      command: {
        ...about,
        ...{ question, answer },
        ...(rationale !== "" && { rationale }),
        ...(about.type === "RecordJudgement" && reason !== "" && { reason }),
      },
    });
    if (sent.outcome === "malformed")
      for (const issue of flattened(sent.error.issues)) {
        const part = String(issue.path[0]);
        const label = labels[part] ?? `Answer to ${question}`;
        trouble(question, part, issueInWords(issue, { label }));
      }
    else if (!sent.reply.accepted) {
      const { refusal } = sent.reply;
      trouble(question, partsOf[refusal.reason] ?? "answer", refusalInWords(refusal));
    }
  }
  const person = actor.id;
  for (const question of new Set(answers.map((each) => keyQuestionOf(each.question))))
    if (!open.has(question))
      visit.words.drop({ person, page: visit.asked.path, form: `q-${question}` });
  return troubles;
};

const labels: Readonly<Record<string, string>> = { rationale: "Rationale", reason: "Reason" };

/** Where a refusal stands, if not at the answer. */
const partsOf: Readonly<Record<string, "rationale" | "reason">> = {
  RationaleRequired: "rationale",
  ReasonRequired: "reason",
};
