/** What is done about what the service was asked for: reminded, sent back, enough. */
import type { RequestKind } from "@assay/domain/framework/timetable.ts";

import type { Held } from "../reading/held.ts";
import { requestNames } from "../wording/names.ts";
import { form, type Form, given, reason, select } from "./form.ts";

export type Submission = {
  readonly request: RequestKind;
  readonly digest: string;
  readonly name: string;
};

/** The case list is drawn from or returned as a whole, beside the sample. */
export const requestForms = (
  { announcement }: Held,
  submissions: readonly Submission[],
): readonly Form[] =>
  [...announcement.requests].flatMap(([kind, { returned }]): readonly Form[] => {
    if (kind === "case-list") return [reminding(kind)];
    const files = submissions.filter(
      ({ request, digest }) => request === kind && ![...returned].some((other) => other === digest),
    );
    const complete = form({
      type: "SatisfyRequest",
      id: kind,
      subject: { request: kind },
      title: `${requestNames[kind]}: this is all we need`,
      button: `${requestNames[kind]} complete`,
      says: { request: given(kind) },
    });
    return [complete, ...(files.length > 0 ? [sendingBack(kind, files)] : []), reminding(kind)];
  });

const sendingBack = (kind: RequestKind, files: readonly Submission[]): Form =>
  form({
    type: "ReturnSubmission",
    id: kind,
    subject: { request: kind },
    title: `${requestNames[kind]}: send a file back`,
    about: "The request is open again, and the service reads why.",
    button: "Send the file back",
    says: {
      request: given(kind),
      digest: select(
        "File",
        files.map(({ digest, name }) => ({ value: digest, text: name })),
      ),
      reason: reason("What is wrong with it"),
    },
  });

const reminding = (kind: RequestKind): Form =>
  form({
    type: "ChaseRequest",
    id: kind,
    subject: { request: kind },
    title: `${requestNames[kind]}: remind the service`,
    about: "It is overdue. Assay does so by itself at 9am on the day after.",
    button: "Remind the service",
    says: { request: given(kind) },
  });
