/** The forms of one case's assessment but for its answers, which `pages/assess.ts` takes. */
import {
  RoshLevel,
  SafetyClassification,
  type Scope,
} from "@assay/domain/framework/case-profile.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";

import { plain } from "../wording/names.ts";
import {
  area,
  choices,
  date,
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
  readonly scope: Scope | undefined;
  readonly rationale: string;
  readonly keyQuestions: readonly { readonly code: string; readonly label: string }[];
  readonly classifications: ReadonlyMap<"rosh" | "safety", boolean>;
};

export const assessmentForms = (asked: Asked): Readonly<Record<string, readonly Form[]>> => {
  const subject = { case: asked.id };
  const classification = (of: "rosh" | "safety", label: string): Form =>
    form({
      type: "JudgeClassification",
      id: of,
      subject,
      title: label,
      button: "Save",
      bare: true,
      says: {
        case: unasked,
        of: given(of),
        reasonable: yesNo(label, recorded(asked.classifications.get(of))),
      },
    });
  return {
    scope: [scoping(asked)],
    end: [
      classification("rosh", "Was its risk of serious harm level reasonable?"),
      classification("safety", "Was its safety and wellbeing classification reasonable?"),
      form({
        type: "RecordInterview",
        subject,
        title: "Interview with the case manager",
        button: "Record the interview",
        says: { case: unasked, day: date("Day"), note: area("Note", { rows: 2 }) },
      }),
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
const recorded = (value: boolean | string | undefined) =>
  value === undefined ? {} : { value: String(value) };

const scoping = ({ id, scope, rationale, keyQuestions }: Asked): Form =>
  form({
    type: "RecordScope",
    subject: { case: id },
    title: `Scope: what the case is, and so what is asked${scope ? " (recorded)" : ""}`,
    button: "Record the scope",
    first: scope === undefined,
    says: {
      case: unasked,
      scope: {
        inspectorRosh: radios(
          "Your own level of risk to other people",
          choices(RoshLevel.options, plain),
          { inline: true, ...recorded(scope?.inspectorRosh) },
        ),
        inspectorSafety: radios(
          "Your own level of risk to the child",
          choices(SafetyClassification.options, plain),
          { inline: true, ...recorded(scope?.inspectorSafety) },
        ),
        childSafetyFactors: yesNo(
          "Are there factors related to keeping the child safe?",
          recorded(scope?.childSafetyFactors),
        ),
        changed: {
          desistance: yesNo(
            "Did desistance factors change during supervision?",
            recorded(scope?.changed.desistance),
          ),
          safety: yesNo(
            "Did factors for the child’s safety change?",
            recorded(scope?.changed.safety),
          ),
          harm: yesNo(
            "Did factors for other people’s safety change?",
            recorded(scope?.changed.harm),
          ),
        },
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
