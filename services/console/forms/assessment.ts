/** The forms of one case's assessment but for its answers, which `pages/assess.ts` takes. */
import type { CaseTally } from "@assay/domain/framework/document-shape.ts";
import type { CaseFact } from "@assay/domain/framework/case-list-settings.ts";
import type { Scope } from "@assay/domain/framework/case-profile.ts";
import type { CaseValue } from "@assay/domain/framework/predicate.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";

import {
  area,
  date,
  type Field,
  form,
  type Form,
  given,
  group,
  radios,
  select,
  unasked,
  yesNo,
} from "./form.ts";

type Asked = {
  readonly id: CaseId;
  /** What the framework has the inspector find out about a case. */
  readonly caseFacts: readonly CaseFact[];
  readonly scope: Scope | undefined;
  readonly rationale: string;
  readonly keyQuestions: readonly { readonly code: string; readonly label: string }[];
  /** Questions that rate nothing, and how they were answered. */
  readonly tallies: readonly CaseTally[];
  /** What the framework calls whoever works on a case. */
  readonly worker: string;
  readonly tallied: ReadonlyMap<string, string>;
};

export type StepKind = "scope" | "standard" | "classification" | "check";

export const assessmentForms = (asked: Asked): Readonly<Record<StepKind, readonly Form[]>> => {
  const subject = { case: asked.id };
  const tally = ({ name: of, wording, answers }: CaseTally): Form =>
    form({
      type: "JudgeClassification",
      id: of,
      subject,
      title: wording,
      button: "Save",
      bare: true,
      attributes: { "data-at-once": "", "data-case": asked.id },
      says: {
        case: unasked,
        of: given(of),
        answer: radios(
          wording,
          answers.map((answer) => ({ value: answer, text: answer })),
          { inline: true, ...recorded(asked.tallied.get(of)) },
        ),
      },
    });
  return {
    scope: [scoping(asked)],
    standard: [],
    classification: [
      ...asked.tallies.map(tally),
      form({
        type: "RecordInterview",
        subject,
        title: `Interview with the ${asked.worker}`,
        button: "Record the interview",
        first: true,
        says: { case: unasked, day: date("Day"), note: area("Note", { rows: 2 }) },
      }),
    ],
    check: [
      form({
        type: "CompleteAssessment",
        subject,
        title: "Complete the assessment",
        button: "The assessment is complete",
        first: true,
        says: { case: unasked },
      }),
      form({
        type: "CompleteSecondMarking",
        subject,
        title: "Complete the second marking",
        button: "The second marking is complete",
        first: true,
        says: { case: unasked },
      }),
    ],
  };
};

/** What was recorded before; nothing is chosen before anything was. */
const recorded = (value: CaseValue | undefined) =>
  value === undefined ? {} : { value: String(value) };

const asking = ({ label, type }: CaseFact, value: CaseValue | undefined): Field =>
  type.kind === "yes-no"
    ? yesNo(label, { needed: true, ...recorded(value) })
    : radios(
        label,
        type.values.map((choice) => ({ value: choice.value, text: choice.label })),
        { inline: true, needed: true, ...recorded(value) },
      );

const scoping = ({ id, caseFacts, scope, rationale, keyQuestions }: Asked): Form =>
  form({
    type: "RecordScope",
    subject: { case: id },
    title: "What the case is, and so what is asked",
    button: "Record the scope",
    first: true,
    says: {
      case: unasked,
      scope: {
        facts: Object.fromEntries(
          caseFacts.map((fact) => [fact.name, asking(fact, scope?.facts[fact.name])]),
        ),
        notDue: keyQuestions.map(({ code, label }) =>
          group(`${code} ${label}`, {
            keyQuestion: given(code),
            reason: select(
              "Is it asked?",
              [
                { value: "", text: "Asked by the rule" },
                { value: "work-not-due", text: "Work not due" },
                { value: "outside-otherwise", text: "Outside otherwise" },
              ],
              recorded(scope?.notDue.find((each) => each.keyQuestion === code)?.reason),
            ),
          }),
        ),
      },
      rationale: area("Why", { hint: "If it needs saying", value: rationale, rows: 2 }),
    },
  });
