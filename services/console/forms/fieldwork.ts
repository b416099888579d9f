/** What the team does in fieldwork besides assessing cases. */
import { judgedIn, pinned, standardsOf } from "@assay/domain/briefing/inspection.ts";
import { gradesOf } from "@assay/domain/framework/scale.ts";
import { questionsIn } from "@assay/domain/framework/standards.ts";

import { evidenceTitle } from "../reading/dossiers.ts";
import type { Held } from "../reading/held.ts";
import type { Viewer } from "../reading/viewer.ts";
import { plain } from "../wording/names.ts";
import { assuranceForms } from "./assurance.ts";
import {
  area,
  brief,
  checkboxes,
  choices,
  date,
  form,
  type Form,
  given,
  newName,
  number,
  radios,
  reason,
  select,
  text,
} from "./form.ts";
import { requestForms, type Submission } from "./requests.ts";

/** What people wrote, which no state holds. */
export type Written = {
  readonly submissions: readonly Submission[];
  /** What each alert is about. */
  readonly risks: ReadonlyMap<string, string>;
};

export const fieldworkForms = (viewer: Viewer, held: Held, written: Written) => {
  const people = judgedIn(held.fieldwork.briefing);
  const { framework } = held.fieldwork.briefing;
  return [
    ...requestForms(held, written.submissions),
    ...alerts(held, written.risks),
    people.length > 0 && evidence(held),
    people.length > 0 && proposal(held),
    (framework?.surveys ?? []).length > 0 && surveyForm(held),
    alert(held),
    feedback(held),
    ...assuranceForms(viewer, held),
    closing,
  ];
};

const alerts = ({ fieldwork }: Held, risks: Written["risks"]): readonly Form[] =>
  [...fieldwork.alerts].flatMap(([id, { stage }]) => {
    const about = brief(risks.get(id) ?? plain(id));
    return [
      form({
        type: "NotifyAlert",
        id,
        subject: { alert: id },
        title: stage === "raised" ? `Tell the service: ${about}` : `Tell somebody else: ${about}`,
        button: "The service has been told",
        first: stage === "raised",
        says: {
          alert: given(id),
          to: text("Who was told", {
            value: "service-manager",
            hint: "The short name of the person",
            width: 20,
          }),
        },
      }),
      form({
        type: "CloseAlert",
        id,
        subject: { alert: id },
        title: `Close the alert: ${about}`,
        button: "Close the alert",
        first: true,
        says: { alert: given(id), outcome: reason("What came of it") },
      }),
    ];
  });

const keyQuestions = ({ fieldwork }: Held) =>
  checkboxes(
    "Which key questions does it speak to?",
    standardsOf(fieldwork.briefing)
      .filter(({ judged }) => judged !== "by-cases")
      .flatMap((standard) =>
        questionsIn(standard).map(({ code, label }) => ({ value: code, text: `${code} ${label}` })),
      ),
    { missing: "Select at least one key question" },
  );

const evidence = (held: Held): Form =>
  form({
    type: "LogEvidence",
    title: "Log a piece of evidence",
    button: "Log the evidence",
    says: {
      item: newName("item"),
      title: text("What it is"),
      kind: select("Kind of evidence", [
        { value: "", text: "Choose a kind" },
        ...(held.announcement.briefing.framework?.evidenceKinds ?? []).map(({ id, label }) => ({
          value: id,
          text: label,
        })),
      ]),
      keyQuestions: keyQuestions(held),
      note: area("What it says"),
    },
  });

const proposal = (held: Held): Form => {
  const { fieldwork } = held;
  return form({
    type: "ProposeDomainOne",
    title: "Propose a rating",
    about: "The panel confirms it or decides otherwise with a reason.",
    button: "Propose the rating",
    says: {
      standard: select(
        "Standard",
        judgedIn(fieldwork.briefing)
          .toSorted(
            (a, b) =>
              Number(fieldwork.proposals.has(a.code)) - Number(fieldwork.proposals.has(b.code)),
          )
          .map(({ code, label }) => ({ value: code, text: `${code} ${label}` })),
      ),
      rating: radios("Rating", choices(gradesIn(fieldwork.briefing), String), {
        missing: "Select a rating",
      }),
      evidence: checkboxes(
        "On which evidence?",
        choices([...fieldwork.evidence.keys()], (item) => evidenceTitle(held, item)),
        { missing: "Select the evidence that it rests on" },
      ),
      rationale: reason("Why", { missing: "Enter the reasons for the rating" }),
    },
  });
};

/** Every grade that people may propose, the lowest first. */
const gradesIn = (briefing: Held["fieldwork"]["briefing"]): readonly string[] => [
  ...new Set(judgedIn(briefing).flatMap(({ scale }) => gradesOf(scale))),
];

const surveyForm = ({ fieldwork }: Held): Form =>
  form({
    type: "CloseSurvey",
    title: "Record a survey’s turnout",
    button: "Record the turnout",
    says: {
      survey: radios(
        "Survey",
        pinned(fieldwork.briefing)
          .surveys.filter(({ id }) => !fieldwork.surveys.has(id))
          .map(({ id, label }) => ({ value: id, text: label })),
      ),
      invited: number("How many were invited"),
      responded: number("How many answered"),
    },
  });

const alert = ({ fieldwork }: Held): Form =>
  form({
    type: "RaiseAlert",
    title: "Raise an alert",
    about:
      "For a practice or omission on which somebody has to act at once, because a risk is identifiable, " +
      "serious and imminent. It goes to the service the same day.",
    button: "Raise the alert",
    grave: true,
    says: {
      alert: newName("alert"),
      case: select("Case, if it is about one", [
        { value: "", text: "No single case" },
        ...choices([...fieldwork.briefing.sample.keys()], String),
      ]),
      risk: area("What is the risk?", { missing: "Say what the risk is" }),
      action: area("What has to be done?", { missing: "Say what has to be done" }),
    },
  });

const feedback = ({ fieldwork }: Held): Form =>
  form({
    type: "GiveInitialFeedback",
    title: fieldwork.feedback
      ? "Record the initial feedback in other words"
      : "Record the initial feedback",
    button: "The feedback was given",
    says: {
      day: date("Day", {
        ...(fieldwork.briefing.timetable && { value: fieldwork.briefing.timetable.fieldworkEnd }),
      }),
      summary: area("What the service was told"),
    },
  });

const closing = form({
  type: "CloseFieldwork",
  title: "Close fieldwork",
  button: "Close fieldwork",
  says: {},
});
