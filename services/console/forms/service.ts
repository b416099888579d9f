/** What the inspected service sends: its case list, documents, comments, answers, its plan. */
import { requestNamed } from "@assay/domain/briefing/inspection.ts";
import type { OutlineSection } from "@assay/domain/framework/outline.ts";
import { CASE_LIST } from "@assay/domain/framework/timetable.ts";
import type { Digest, ItemId } from "@assay/domain/kernel/ids.ts";

import { mostInWords } from "../http/asked.ts";
import type { Held } from "../reading/held.ts";
import { momentInWords } from "../wording/dates.ts";
import {
  area,
  choices,
  date,
  file,
  form,
  type Form,
  given,
  group,
  newName,
  select,
  unasked,
  yesNo,
} from "./form.ts";
import { trackingOf } from "./report.ts";

export const caseListForm: Form = form({
  type: "SubmitCaseList",
  title: "Send the case list",
  button: "Send the list",
  first: true,
  says: {
    rows: file("The file, CSV or JSON", {
      hint: "No names and no full dates of birth. Nothing is recorded until every line is right.",
      accept: ".csv,.json,text/csv,application/json",
    }),
  },
});

/** What came of drawing again from the service's own list, with the certificate. */
export const countersignForm = (seed: Digest): Form =>
  form({
    type: "CountersignDraw",
    title: "Say whether the sample is the same when you draw it again",
    about:
      "Draw again from your own list and the certificate, with a program of your choice: the way " +
      "of drawing is published. The report says what you found.",
    button: "Countersign the draw",
    says: {
      seed: given(seed),
      equal: yesNo("Did you get the same cases?"),
    },
  });

export const documentForm = ({ announcement }: Held): Form =>
  form({
    type: "ReceiveSubmission",
    title: "Send a document",
    button: "Send the document",
    first: true,
    says: {
      request: select(
        "In answer to",
        choices(
          [...announcement.requests]
            .filter(([kind]) => kind !== CASE_LIST)
            .toSorted(([, a], [, b]) => Number(a.satisfied) - Number(b.satisfied))
            .map(([kind]) => kind),
          (kind) => requestNamed(announcement.briefing, kind),
        ),
      ),
      digest: file(`The file, up to ${mostInWords}`, {
        hint: "Nobody’s name in the file or in its name.",
      }),
      bytes: unasked,
      mediaType: unasked,
      name: unasked,
    },
  });

export const alertForm = (told: { readonly alert: ItemId; readonly due: string }): Form =>
  form({
    type: "AnswerAlert",
    id: told.alert,
    subject: { alert: told.alert },
    title: `Answer the alert by ${momentInWords(told.due)}`,
    button: "Answer the alert",
    first: true,
    says: { alert: given(told.alert), response: area("What you have done") },
  });

/** A comment stands at its section; each has a name of its own. */
export const commentForm = ({ id: section, label }: OutlineSection): Form =>
  form({
    type: "SubmitComment",
    id: section,
    title: `Comment on “${label}”`,
    button: "Send the comment",
    says: {
      comment: newName("comment"),
      section: given(section),
      wording: area("What is wrong, and what is right", { rows: 4 }),
    },
  });

export const endOfComments = form({
  type: "ReturnComments",
  title: "Say that you have no more comments",
  about: "The inspectors then answer your comments. You cannot add any afterwards.",
  button: "We have no more comments",
  says: {},
});

type Recommendations = readonly { readonly number: number; readonly wording: string }[];

export const planForms = (recommendations: Recommendations): readonly (Form | false)[] => [
  form({
    type: "SubmitActionPlan",
    title: "Send your action plan",
    button: "Send the action plan",
    first: true,
    says: {
      actions: recommendations.map(({ number, wording }) =>
        group(`${number}. ${wording}`, {
          recommendation: given(number),
          action: area("What you will do"),
          due: date("By when", { missing: "Enter the day by which it will be done" }),
        }),
      ),
    },
  }),
  recommendations.length > 0 && trackingOf(recommendations),
];
