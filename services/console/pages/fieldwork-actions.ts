/** What the team does in fieldwork besides assessing cases. */
import { standardsOf } from "@assay/domain/briefing/inspection.ts";
import { EvidenceKind } from "@assay/domain/fieldwork/events.ts";
import { Rating } from "@assay/domain/framework/ruleset.ts";
import type { CaseId } from "@assay/domain/kernel/ids.ts";

import type { Held } from "../reading/held.ts";
import { plain } from "../wording/names.ts";
import { type Action, brief, choices, type Field, offered, reason } from "./actions.ts";
import { assuranceActions } from "./assurance-actions.ts";
import type { Visit } from "./page.ts";
import { requestActions, type Submission } from "./request-actions.ts";

/** What people wrote, which no state holds. */
export type Written = {
  readonly submissions: readonly Submission[];
  /** What each alert is about. */
  readonly risks: ReadonlyMap<string, string>;
};

export const fieldworkActions = (
  { viewer, now }: Visit,
  held: Held,
  written: Written,
): readonly Action[] => {
  const { fieldwork } = held;
  const people = standardsOf(fieldwork.briefing).filter(({ judged }) => judged === "by-people");
  return offered({ held, now }, viewer, [
    ...requestActions(held, written),
    ...alerts(held, written.risks),
    people.length > 0 && evidence(held),
    people.length > 0 && proposal(held),
    survey,
    alert(held),
    feedback(held),
    ...assuranceActions(viewer, held),
    {
      type: "CloseFieldwork",
      title: "Close fieldwork",
      about: "Every assessment is confirmed, every standard proposed, every alert closed.",
      button: "Close fieldwork",
      fields: [],
    },
  ]);
};

const alerts = ({ fieldwork }: Held, risks: Written["risks"]): readonly Action[] =>
  [...fieldwork.alerts].flatMap(([id, { stage }]): readonly Action[] => {
    const about = brief(risks.get(id) ?? plain(id));
    if (stage === "raised")
      return [
        {
          type: "NotifyAlert",
          subject: { alert: id },
          id,
          title: `Tell the service: ${about}`,
          button: "The service has been told",
          first: true,
          hidden: { alert: id },
          fields: [
            {
              kind: "text",
              name: "to",
              label: "Who was told",
              value: "service-manager",
              hint: "The short name of the person",
            },
          ],
        },
      ];
    return [
      {
        type: "CloseAlert",
        subject: { alert: id },
        id,
        title: `Close the alert: ${about}`,
        button: "Close the alert",
        first: true,
        hidden: { alert: id },
        fields: [reason("What came of it", "outcome")],
      },
    ];
  });

/** The next free name such as `evidence-7`. */
const nextName = (prefix: string, taken: Iterable<string>): string => {
  const known = new Set(taken);
  let number = known.size + 1;
  while (known.has(`${prefix}-${number}`)) number += 1;
  return `${prefix}-${number}`;
};

const keyQuestions = ({ fieldwork }: Held): Field => ({
  kind: "boxes",
  name: "keyQuestions",
  label: "Which key questions does it speak to?",
  options: standardsOf(fieldwork.briefing)
    .filter(({ judged }) => judged === "by-people")
    .flatMap((standard) =>
      standard.keyQuestions.map(({ code, label }) => ({ value: code, text: `${code} ${label}` })),
    ),
});

const evidence = (held: Held): Action => ({
  type: "LogEvidence",
  title: "Log a piece of evidence",
  button: "Log the evidence",
  hidden: { item: nextName("item", held.fieldwork.evidence.keys()) },
  fields: [
    { kind: "text", name: "title", label: "What it is" },
    { kind: "select", name: "kind", label: "Kind", options: choices(EvidenceKind.options, plain) },
    keyQuestions(held),
    reason("What it says", "note"),
  ],
});

const proposal = ({ fieldwork }: Held): Action => ({
  type: "ProposeDomainOne",
  title: "Propose a rating",
  about: "The panel confirms it or decides otherwise with a reason.",
  button: "Propose the rating",
  fields: [
    {
      kind: "select",
      name: "standard",
      label: "Standard",
      options: standardsOf(fieldwork.briefing)
        .filter(({ judged }) => judged === "by-people")
        .toSorted(
          (a, b) =>
            Number(fieldwork.proposals.has(a.code)) - Number(fieldwork.proposals.has(b.code)),
        )
        .map(({ code, label }) => ({ value: code, text: `${code} ${label}` })),
    },
    { kind: "radios", name: "rating", label: "Rating", options: choices(Rating.options, String) },
    {
      kind: "boxes",
      name: "evidence",
      label: "On which evidence?",
      options: choices([...fieldwork.evidence.keys()], plain),
    },
    reason("Why", "rationale"),
  ],
});

const survey: Action = {
  type: "CloseSurvey",
  title: "Record a survey’s turnout",
  button: "Record the turnout",
  fields: [
    {
      kind: "radios",
      name: "survey",
      label: "Survey",
      options: [
        { value: "staff", text: "Staff survey" },
        { value: "children", text: "Children’s text survey" },
      ],
    },
    { kind: "number", name: "invited", label: "Invited" },
    { kind: "number", name: "responded", label: "Answered" },
  ],
};

const caseField = (cases: Iterable<CaseId>): Field => ({
  kind: "select",
  name: "case",
  label: "Case, if it is about one",
  options: [{ value: "", text: "No single case" }, ...choices([...cases], String)],
});

const alert = ({ fieldwork }: Held): Action => ({
  type: "RaiseAlert",
  title: "Raise an alert",
  about:
    "For a practice or omission that needs action at once, because a risk is identifiable, " +
    "serious and imminent. It goes to the service the same day.",
  button: "Raise the alert",
  grave: true,
  hidden: { alert: nextName("alert", fieldwork.alerts.keys()) },
  fields: [
    caseField(fieldwork.briefing.sample.keys()),
    reason("What is the risk?", "risk"),
    reason("What has to be done?", "action"),
  ],
});

const feedback = ({ fieldwork }: Held): Action => ({
  type: "GiveInitialFeedback",
  title: "Record the initial feedback",
  button: "The feedback was given",
  fields: [
    {
      kind: "day",
      name: "day",
      label: "Day",
      ...(fieldwork.briefing.timetable && { value: fieldwork.briefing.timetable.fieldworkEnd }),
    },
    reason("What the service was told", "summary"),
  ],
});
