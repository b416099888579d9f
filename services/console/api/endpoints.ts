/** Everything that the API does, by subject. */
import { Instant } from "@assay/domain/kernel/instants.ts";
import { commandTypes } from "@assay/domain/steps.ts";
import { z } from "zod";

import type { Calendars } from "../pages/calendars.ts";
import { filePage } from "../pages/service.ts";
import type { Proofs } from "../reading/proofs.ts";
import { ofAssurance } from "./assurance.ts";
import { batches, MOST_COMMANDS } from "./batches.ts";
import { ofCases } from "./cases.ts";
import { commands } from "./commands.ts";
import { type Endpoint, gives, takes, under } from "./endpoint.ts";
import { ofAside } from "./aside.ts";
import { ofEvents } from "./events.ts";
import { ofHistory } from "./history.ts";
import { ofInspections } from "./inspections.ts";
import { judgements } from "./judgements.ts";
import { ofKeys } from "./keys.ts";
import { ofKnown } from "./known.ts";
import { ofPanel } from "./panel.ts";
import { ofPlanning } from "./planning.ts";
import { ofProofs } from "./proofs.ts";
import { ofRatings } from "./ratings.ts";
import { ofReport } from "./report.ts";
import { Accepted, BatchResults, SheetResults } from "./outcomes.ts";
import { Submission, submissions } from "./submissions.ts";
import { ofLetters } from "./letters.ts";
import { ofTracking } from "./tracking.ts";

export type Means = {
  readonly calendars: Omit<Calendars, "feed">;
  readonly proofs: Proofs;
};

export const endpointsOf = ({ calendars, proofs }: Means): readonly Endpoint[] => [
  ...under("Inspections", ofInspections),
  ...under("Ratings", [...ofRatings, ...ofHistory]),
  ...under("Cases", ofCases),
  ...under("Under way", [...ofLetters, ...ofTracking, fileSent]),
  ...under("Panel", [...ofPanel, ...ofAssurance]),
  ...under("Report", ofReport),
  ...under("Proofs", ofProofs(proofs)),
  ...under("Operations", [...ofEvents, ...ofAside, ...ofKeys]),
  ...under("Planning", ofPlanning(calendars)),
  ...under("Frameworks and people", ofKnown),
  ...under("Sending", sending),
];

const fileSent = gives(
  "/inspections/:inspection/files/:digest",
  "A file that the service sent",
  filePage,
);

const Recorded = z.looseObject({
  id: z.uuid(),
  at: Instant.describe("When it was done."),
  type: z.enum(commandTypes.fieldwork),
});

const problemsOfSending = {
  401: "Nobody is signed in.",
  409: "Refused, with the reason, or held back with warnings.",
  422: "Not a command, with the issues.",
  503: "No answer. The same request may be sent again.",
} as const;

const sending: readonly Endpoint[] = [
  takes(
    "/commands",
    {
      summary: "Send a command",
      ...{ body: "Command", answer: Accepted, keyed: true, problems: problemsOfSending },
    },
    commands,
  ),
  takes(
    "/batches",
    {
      summary: "Fieldwork's commands that were recorded elsewhere, in order, with id and at",
      body: z.strictObject({ commands: z.array(Recorded).min(1).max(MOST_COMMANDS) }),
      ...{ answer: BatchResults, keyed: false },
      problems: { 422: "Nothing of the batch was taken." },
    },
    batches,
  ),
  takes(
    "/inspections/:inspection/judgements",
    {
      summary: "A sheet of judgements (CSV or JSON), as a file or in base64",
      ...{ body: z.strictObject({ sheet: z.base64() }), file: "sheet" },
      ...{ answer: SheetResults, keyed: false },
      problems: { 422: "Nothing was imported: every problem." },
    },
    judgements,
  ),
  takes(
    "/inspections/:inspection/submissions",
    {
      summary: "A file for something that was asked of the service",
      ...{
        body: Submission,
        file: "content",
        answer: Accepted,
        keyed: true,
        problems: problemsOfSending,
      },
    },
    submissions,
  ),
];
