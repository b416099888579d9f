/** What is done about what the service was asked for: reminded, sent back, enough. */
import type { RequestKind } from "@assay/domain/framework/timetable.ts";

import type { Held } from "../reading/held.ts";
import { requestNames } from "../wording/names.ts";
import { type Action, reason } from "./actions.ts";

export type Submission = {
  readonly request: RequestKind;
  readonly digest: string;
  readonly name: string;
};

/** The case list is drawn from or returned as a whole, beside the sample. */
export const requestActions = (
  { announcement }: Held,
  { submissions }: { readonly submissions: readonly Submission[] },
): readonly Action[] =>
  [...announcement.requests]
    .filter(([, { satisfied }]) => !satisfied)
    .flatMap(([kind, { returned }]): readonly Action[] => {
      if (kind === "case-list") return [reminding(kind)];
      const files = submissions.filter(
        ({ request, digest }) =>
          request === kind && ![...returned].some((other) => other === digest),
      );
      const name = requestNames[kind];
      return [
        {
          type: "SatisfyRequest",
          subject: { request: kind },
          id: kind,
          title: `${name}: this is all we need`,
          button: `${name} complete`,
          hidden: { request: kind },
          fields: [],
        },
        ...(files.length > 0 ? [sendingBack(kind, files)] : []),
        reminding(kind),
      ];
    });

const sendingBack = (kind: RequestKind, files: readonly Submission[]): Action => ({
  type: "ReturnSubmission",
  subject: { request: kind },
  id: kind,
  title: `${requestNames[kind]}: send a file back`,
  about: "The request is open again, and the service reads why.",
  button: "Send the file back",
  hidden: { request: kind },
  fields: [
    {
      kind: "select",
      name: "digest",
      label: "File",
      options: files.map(({ digest, name }) => ({ value: digest, text: name })),
    },
    reason("What is wrong with it"),
  ],
});

const reminding = (kind: RequestKind): Action => ({
  type: "ChaseRequest",
  subject: { request: kind },
  id: kind,
  title: `${requestNames[kind]}: remind the service`,
  about: "It is overdue. Assay does so by itself at 9am on the day after.",
  button: "Remind the service",
  hidden: { request: kind },
  fields: [],
});
