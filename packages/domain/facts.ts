/** Every fact there is, for those who read whole inspections rather than keep one step's rules. */
import { z } from "zod";

import { ErasureEvent } from "./announcement/erasure/events.ts";
import { InspectionEvent } from "./announcement/events.ts";
import { AssessmentEvent } from "./fieldwork/assessment/events.ts";
import { FieldworkEvent } from "./fieldwork/events.ts";
import { PanelEvent } from "./panel/events.ts";
import { PublicationEvent } from "./publication/events.ts";
import { factToday } from "./upcasters.ts";

export const AnyFact = z.discriminatedUnion("type", [
  ...InspectionEvent.options,
  ...FieldworkEvent.options,
  ...AssessmentEvent.options,
  ...PanelEvent.options,
  ...PublicationEvent.options,
  ...ErasureEvent.options,
]);
export type AnyFact = z.infer<typeof AnyFact>;

/** A stored event as the fact that it is, whatever version it was written in. It is not parsed. */
export const factIn = (event: Parameters<typeof factToday>[0]): AnyFact =>
  factToday(event) as AnyFact;
