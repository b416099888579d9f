/**
 * What the ratings would be if something were otherwise. Everything is asked in the address, so
 * that a supposition can be shown to others; nothing is recorded.
 */
import { decidingJudgements, type Supposition, whatIf } from "@assay/domain/audit/what-if.ts";
import { Answer } from "@assay/domain/fieldwork/assessment/events.ts";
import { Rounding } from "@assay/domain/framework/ruleset.ts";
import { caseKeyQuestions } from "@assay/domain/framework/standards.ts";
import { type Versions, versionById } from "@assay/domain/framework/versions.ts";
import { standardIn } from "@assay/domain/framework/standards.ts";
import { QuestionCode } from "@assay/domain/kernel/codes.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";

import { askingShown } from "../forms/asking.ts";
import { choices, select } from "../forms/form.ts";
import { redirect } from "../http/answer.ts";
import { dossierIn } from "../reading/derived.ts";
import { frameworksKnown } from "../reading/frameworks.ts";
import type { Held } from "../reading/held.ts";
import { isStaff, marksBlind } from "../reading/viewer.ts";
import { roundingNames } from "../wording/names.ts";
import { frame } from "./inspection.ts";
import { type Handle, inspectionIn, NotFound } from "./page.ts";

export const whatIfPage: Handle = async (visit) => {
  const held = await inspectionIn(visit);
  if (!isStaff(visit.viewer) || marksBlind(visit.viewer, held)) throw new NotFound();
  const framed = frame(held, visit.viewer, "what-if");
  const { searchParams } = visit.asked.url;
  if (searchParams.has("question"))
    return redirect(`${framed.base}/what-if?${gathered(searchParams).toString()}`);
  const dossier = dossierIn(await visit.library.events(held));
  const known = frameworksKnown(await visit.library.frameworks());
  const supposed = suppositionIn(searchParams, known);
  const found = supposed.said.length > 0 ? whatIf(dossier, supposed.supposition) : undefined;
  const link = (answer: string): string =>
    `${framed.base}/what-if?${new URLSearchParams([...searchParams, ["answer", answer]]).toString()}`;
  return visit.render({
    view: "what-if",
    title: `What if – ${framed.head.service}`,
    model: {
      ...framed,
      said: supposed.said.map((each) => ({
        ...each,
        without: `${framed.base}/what-if?${dropping(searchParams, each)}`,
      })),
      hypothesis: found?.possible ? withLabels(found.hypothesis, held) : undefined,
      refused: found && !found.possible ? refusals[found.refusal.reason] : undefined,
      deciding: grouped(decidingJudgements(dossier)).map((each) => ({
        ...each,
        cases: each.cases.map((id) => ({
          id,
          href: link(`${id}/${each.keyQuestion}/${each.other}`),
        })),
      })),
      ...askings(held, searchParams, known),
    },
  });
};

const askings = (held: Held, searchParams: URLSearchParams, known: Versions) => {
  const cases = [...held.panel.briefing.sample.keys()];
  const common = { button: "Suppose this", carried: [...searchParams] };
  return {
    otherwise: askingShown({
      ...common,
      id: "otherwise",
      fields: {
        without: select("Leave a case out", [
          { value: "", text: "No case" },
          ...choices(cases, String),
        ]),
        rounding: select("Round percentages in another way", [
          { value: "", text: "As they are" },
          ...choices(Rounding.options, (value) => roundingNames[value]),
        ]),
        framework: select("Use another version of the framework", [
          { value: "", text: "As it is" },
          ...known.map(({ framework: { id, label } }) => ({ value: id, text: label })),
        ]),
      },
    }),
    answered: askingShown({
      ...common,
      id: "answered",
      fields: {
        case: select("Another answer in the case", choices(cases, String)),
        question: select("to the key question", questionsOf(held)),
        to: select(
          "would be",
          choices(Answer.options, (value) => answerNames[value]),
        ),
      },
    }),
  };
};

const answerNames: Readonly<Record<Answer, string>> = {
  yes: "Yes",
  no: "No",
  "not-applicable": "Not applicable",
};

const questionsOf = ({ panel: { briefing } }: Held) =>
  (briefing.framework ? caseKeyQuestions(briefing.framework) : []).map(
    ({ keyQuestion: { code, label }, standard }) => ({
      value: code,
      text: `${code} ${label} (${standard.label})`,
    }),
  );

/** The three fields of an answer as one part of the address, by which it is known elsewhere. */
const gathered = (asked: URLSearchParams): URLSearchParams => {
  const [id, question, to] = ["case", "question", "to"].map((name) => asked.get(name) ?? "");
  const rest = [...asked].filter(([name]) => !["case", "question", "to"].includes(name));
  return new URLSearchParams([...rest, ["answer", `${id}/${question}/${to}`]]);
};

type Said = { readonly name: string; readonly value: string; readonly words: string };

/** What the address supposes; what cannot be read in it supposes nothing. */
const suppositionIn = (
  asked: URLSearchParams,
  known: Versions,
): { readonly supposition: Supposition; readonly said: readonly Said[] } => {
  const answers = asked.getAll("answer").flatMap((value) => {
    const [id = "", question = "", given = ""] = value.split("/");
    const answer = Answer.safeParse(given);
    return answer.success && /^c\d+$/.test(id) && QuestionCode.safeParse(question).success
      ? [{ value, case: id as CaseId, question, answer: answer.data }]
      : [];
  });
  const without = asked.getAll("without").filter((id) => /^c\d+$/.test(id)) as CaseId[];
  const framework = versionById(asked.get("framework") ?? "", known);
  const rounding = Rounding.safeParse(asked.get("rounding"));
  return {
    supposition: {
      answers,
      without,
      ...(framework && { framework }),
      ...(rounding.success && { ruleset: { rounding: rounding.data } }),
    },
    said: [
      ...answers.map(({ value, case: id, question, answer }) => ({
        name: "answer",
        value,
        words: `case ${id} had the answer “${answerNames[answer]}” to ${question}`,
      })),
      ...without.map((id) => ({
        name: "without",
        value: id,
        words: `case ${id} was left out of the sample`,
      })),
      ...(framework
        ? [
            {
              name: "framework",
              value: framework.id,
              words: `the framework was ${framework.label}`,
            },
          ]
        : []),
      ...(rounding.success
        ? [
            {
              name: "rounding",
              value: rounding.data,
              words: `percentages were ${roundingNames[rounding.data].toLowerCase()}`,
            },
          ]
        : []),
    ],
  };
};

const dropping = (asked: URLSearchParams, { name, value }: Said): string =>
  new URLSearchParams(
    [...asked].filter(([key, each]) => !(key === name && each === value)),
  ).toString();

type Hypothesis = Extract<ReturnType<typeof whatIf>, { possible: true }>["hypothesis"];

const withLabels = (hypothesis: Hypothesis, { panel }: Held) => ({
  ...hypothesis,
  changes: hypothesis.standards.filter(({ changed }) => changed).length,
  standards: hypothesis.standards.map((each) => ({
    ...each,
    label: panel.briefing.framework && standardIn(panel.briefing.framework, each.standard)?.label,
  })),
});

const refusals = {
  NotAnnounced: "There is nothing to suppose before the inspection is announced.",
  NotInTheSample: "That case is not in the sample.",
  NotAnswered: "No answer to that question counts in that case, so none can be turned round.",
} as const;

type Judgement = ReturnType<typeof decidingJudgements>[number];

/** Judgements with the same effect stand together. */
const grouped = (judgements: readonly Judgement[]) => {
  const groups = new Map<string, { judgement: Judgement; cases: string[] }>();
  for (const judgement of judgements) {
    const key = [judgement.keyQuestion, judgement.answer, judgement.rating].join(" ");
    const group = groups.get(key) ?? { judgement, cases: [] };
    group.cases.push(judgement.case);
    groups.set(key, group);
  }
  return [...groups.values()].map(({ judgement, cases }) => ({
    ...judgement,
    other: judgement.answer === "yes" ? "no" : "yes",
    cases,
  }));
};
