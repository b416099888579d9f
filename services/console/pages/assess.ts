/**
 * The assessment of one case: its scope, then every question that the scope asks. A form holds one
 * key question with its prompts; each answer in it is a command of its own.
 */
import { SafetyClassification, RoshLevel } from "@assay/domain/framework/case-profile.ts";
import { words } from "@assay/domain/kernel/fact.ts";
import { uuidFrom } from "@assay/domain/kernel/envelope.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";

import type { Form } from "../http/asked.ts";
import { redirect } from "../http/answer.ts";
import { answersTold, caseFacts, listedCase, questionsOf, type Told } from "../reading/dossiers.ts";
import type { Held } from "../reading/held.ts";
import { isBlind } from "../reading/viewer.ts";
import { plain } from "../wording/names.ts";
import { refusalInWords } from "../wording/refusals.ts";
import { caseIn } from "./cases.ts";
import { type Problem, taking, warningIn, withModel } from "./forms.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound, signedIn, type Visit } from "./page.ts";

export const assessPage: Handle = async (visit) => {
  const viewer = signedIn(visit);
  const held = await inspectionIn(visit);
  const id = caseIn(visit, held);
  const sampled = held.fieldwork.briefing.sample.get(id);
  if (!sampled) throw new NotFound();
  const framed = frame(held, viewer, "cases");
  const second = isBlind(viewer, held, id);
  const facts = caseFacts(await visit.library.events(held), id);
  const told = second ? new Map<string, readonly Told[]>() : answersTold(facts);
  const file = held.fieldwork.files.get(id);
  const scopeTold = facts.findLast((fact) => fact.type === "ScopeRecorded");
  const answers = second ? file?.second?.answers : file?.answers;
  return visit.render({
    view: "assess",
    title: `Assess case ${id} – ${framed.head.service}`,
    model: {
      ...framed,
      crumbs: [...framed.crumbs, { text: `Case ${id}`, href: `${framed.base}/cases/${id}` }],
      id,
      second,
      sampled,
      listed: listedCase(held, id),
      file,
      scope: file?.scope,
      scopeRationale:
        scopeTold?.type === "ScopeRecorded" ? (words(scopeTold.text)?.rationale ?? "") : "",
      roshLevels: RoshLevel.options.map((value) => ({ value, text: plain(value) })),
      safetyLevels: SafetyClassification.options.map((value) => ({ value, text: plain(value) })),
      isTheirs: second || held.fieldwork.allocation.get(id) === viewer.actor.id,
      assessor: held.fieldwork.allocation.get(id),
      opened: held.fieldwork.phase.matches("opened"),
      standards: questionsOf(held, id, told),
      answers: Object.fromEntries(
        [...(answers ?? [])].map(([code, given]) => [code, given.answer]),
      ),
      classifications: Object.fromEntries(file?.classifications ?? []),
      progress: progressOf(held, id, second),
      commandType: second ? "RecordSecondJudgement" : "RecordJudgement",
    },
  });
};

/** Answers are taken question by question; everything else is a form for one command. */
export const takeAssessment: Handle = async (visit) => {
  const form = await visit.asked.form();
  if (form.value("_type") !== "Answers") return taking(assessPage)(visit);
  const held = await inspectionIn(visit);
  const id = caseIn(visit, held);
  const typed = (name: string, otherwise = ""): string =>
    form.names.includes(name) ? form.value(name) : otherwise;
  const warned = warningIn(wordsIn(form), form, `#q-${form.value("keyQuestion")}`);
  if (warned) {
    const { problems, mark } = warned;
    return assessPage(withModel(visit, { problems, typed, status: 422, warned: mark }));
  }
  const problems = await sendAnswers(visit, form, { held, id });
  if (problems.length === 0)
    return redirect(`${visit.asked.path}?done=RecordJudgement#q-${form.value("keyQuestion")}`);
  return assessPage(withModel(visit, { problems, typed, status: 422 }));
};

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
): Promise<readonly Problem[]> => {
  const { actor } = signedIn(visit);
  const second = isBlind(visit.viewer, held, id);
  const file = held.fieldwork.files.get(id);
  const known = second ? file?.second?.answers : file?.answers;
  const problems: Problem[] = [];
  for (const name of form.names.filter((each) => each.startsWith("answer."))) {
    const question = name.slice("answer.".length);
    const answer = form.value(name);
    const [rationale, reason] = [form.value(`rationale.${question}`), form.value("reason")];
    if (answer === known?.get(question)?.answer && rationale.trim() === "") continue;
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
    const text =
      sent.outcome === "malformed"
        ? (sent.issues[0]?.message ?? "not an answer")
        : sent.reply.accepted
          ? undefined
          : refusalInWords(sent.reply.refusal);
    if (text !== undefined) problems.push({ text, href: `#q-${question.slice(0, 5)}` });
  }
  return problems;
};

const progressOf = (held: Held, id: CaseId, second: boolean) => {
  const file = held.fieldwork.files.get(id);
  const relevant = [...(file?.relevant ?? [])];
  const answers = second ? file?.second?.answers : file?.answers;
  return {
    answered: relevant.filter((code) => answers?.has(code)).length,
    relevant: relevant.length,
  };
};
