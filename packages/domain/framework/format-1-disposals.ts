/** What documents of format 1 may name: their two populations and the disposals in them. */
import { z } from "zod";

export const PopulationOfFormat1 = z.enum(["court", "outOfCourt"]);
export type PopulationOfFormat1 = z.infer<typeof PopulationOfFormat1>;

const CourtDisposal = z.enum([
  "referral-order",
  "youth-rehabilitation-order",
  "reparation-order",
  "detention-and-training-order",
  "section-250",
  "other-custody",
]);

export const OutOfCourtDisposal = z.enum([
  "youth-conditional-caution",
  "youth-caution",
  "community-resolution",
  "other",
]);

export const DisposalType = z.enum([...CourtDisposal.options, ...OutOfCourtDisposal.options]);
export type DisposalType = z.infer<typeof DisposalType>;
