/** The API on quality and work: the quality sample, how far markings agree, who has how much. */
import { UnusualCombination } from "@assay/domain/fieldwork/assessment/events.ts";
import { QualitySampleDrawn } from "@assay/domain/fieldwork/events.ts";
import { CaseId, InspectionId, PersonId } from "@assay/domain/kernel/ids.ts";
import { Instant } from "@assay/domain/kernel/instants.ts";
import { agreementTold, qualityTold } from "@assay/domain/tracking/fieldwork.ts";
import { workloadOf } from "@assay/domain/tracking/workload.ts";
import { z } from "zod";

import { inspectionIn, NotFound } from "../pages/page.ts";
import { marksBlind } from "../reading/viewer.ts";
import { arrayOf, count, text, yesOrNo } from "./answers.ts";
import { type Endpoint, reads } from "./endpoint.ts";

const Workload = z.strictObject({
  person: PersonId,
  inspections: arrayOf(InspectionId),
  leads: count,
  weeks: count.describe("Calendar weeks of fieldwork in these inspections."),
  cases: count,
  open: count,
  secondMarkings: count,
  owed: count,
  overdue: count,
  next: Instant.nullable(),
});

const Estimate = z
  .strictObject({ value: z.number(), low: z.number(), high: z.number() })
  .describe("With the bounds of its 95% confidence interval.");
const Coefficient = Estimate.extend({ error: z.number().optional() });

const Measured = z.strictObject({
  count: count.describe("Things marked twice."),
  agreed: count,
  share: Estimate.optional(),
  kappa: Coefficient.optional(),
  ac1: Coefficient.optional(),
});

const AgreementUnder = z.strictObject({
  framework: z.strictObject({ id: text, label: text }),
  all: Measured,
  standards: arrayOf(z.strictObject({ standard: text, agreement: Measured })),
  pairs: arrayOf(
    z.strictObject({ people: z.tuple([PersonId, PersonId]).readonly(), agreement: Measured }),
  ),
  drift: z.strictObject({
    quarters: arrayOf(z.strictObject({ quarter: text, count, share: Estimate })),
    trend: z.number().optional().describe("Standard normal where nothing drifts."),
  }),
});

const Agreement = z.strictObject({
  frameworks: arrayOf(AgreementUnder).describe(
    "Each by itself: none where nothing was marked twice.",
  ),
});

const checked = {
  case: CaseId,
  inSample: yesOrNo,
  status: z.enum(["open", "completed", "returned", "confirmed", "reopened"]),
  reviewed: yesOrNo,
} as const;

const { dipSample } = QualitySampleDrawn.shape;

const Quality = z.strictObject({
  seed: text.nullable(),
  dipSample: arrayOf(
    z.strictObject({ ...checked, because: dipSample.unwrap().element.shape.because }),
  ),
  secondMarkings: arrayOf(
    z.strictObject({
      ...checked,
      to: PersonId,
      assignedTo: PersonId.nullable(),
      completed: yesOrNo,
    }),
  ),
  flagged: arrayOf(z.strictObject({ case: CaseId, flags: arrayOf(UnusualCombination) })),
  returned: arrayOf(CaseId),
});

export const ofAssurance: readonly Endpoint[] = [
  reads(
    "/workload",
    {
      summary: "Who has how much, and what is late",
      answer: z.strictObject({ workload: arrayOf(Workload) }),
    },
    async ({ library, now }) => ({
      workload: workloadOf([...(await library.all()).values()], now),
    }),
  ),
  reads(
    "/agreement",
    {
      summary: "How far first and second markings agree, for each framework",
      answer: Agreement,
    },
    async ({ library, viewer }) => {
      const held = [...(await library.all()).values()];
      // Whoever still marks one of them blind is not told how others mark.
      if (held.some((each) => marksBlind(viewer, each))) throw new NotFound();
      return agreementTold(held);
    },
  ),
  reads(
    "/inspections/:inspection/quality",
    { summary: "The quality sample and what became of it", answer: Quality },
    async (visit) => qualityTold(await inspectionIn(visit)),
  ),
  reads(
    "/inspections/:inspection/agreement",
    { summary: "How far first and second markings agree", answer: Agreement },
    async (visit) => agreementTold([await inspectionIn(visit)]),
  ),
];
