/** What is done about what the service was asked for: reminded, sent back, enough. */
import { requestNamed } from "@assay/domain/briefing/inspection.ts";
import type { SettingId } from "@assay/domain/framework/setting-id.ts";
import { CASE_LIST } from "@assay/domain/framework/timetable.ts";

import type { Held } from "../reading/held.ts";
import { form, type Form, given, reason, select } from "./form.ts";

export type Submission = {
  readonly request: SettingId;
  readonly digest: string;
  readonly name: string;
};

/** The case list is drawn from or returned as a whole, beside the sample. */
export const requestForms = (
  { announcement }: Held,
  submissions: readonly Submission[],
): readonly Form[] =>
  [...announcement.requests].flatMap(([kind, { returned, chased }]): readonly Form[] => {
    const asked = { kind, name: requestNamed(announcement.briefing, kind) };
    const reminder = chased ? [] : [reminding(asked)];
    if (kind === CASE_LIST) return reminder;
    const files = submissions.filter(
      ({ request, digest }) => request === kind && ![...returned].some((other) => other === digest),
    );
    const complete = form({
      type: "SatisfyRequest",
      id: kind,
      subject: { request: kind },
      title: `${asked.name}: this is all we need`,
      button: `${asked.name} complete`,
      says: { request: given(kind) },
    });
    return [complete, ...(files.length > 0 ? [sendingBack(asked, files)] : []), ...reminder];
  });

/** What the service was asked for, and what that is called. */
type Asked = { readonly kind: SettingId; readonly name: string };

const sendingBack = ({ kind, name }: Asked, files: readonly Submission[]): Form =>
  form({
    type: "ReturnSubmission",
    id: kind,
    subject: { request: kind },
    title: `${name}: send a file back`,
    about: "The request is open again, and the service reads why.",
    button: "Send the file back",
    says: {
      request: given(kind),
      digest: select(
        "File",
        files.map((file) => ({ value: file.digest, text: file.name })),
      ),
      reason: reason("What is wrong with it"),
    },
  });

const reminding = ({ kind, name }: Asked): Form =>
  form({
    type: "ChaseRequest",
    id: kind,
    subject: { request: kind },
    title: `${name}: remind the service`,
    about: "It is overdue. Assay does so by itself at 9am on the day after.",
    button: "Remind the service",
    says: { request: given(kind) },
  });
