/** Every fact there is, for those who read whole inspections rather than keep one step's rules. */
import { z } from "zod";

import { InspectionEvent } from "./announcement/events.ts";
import { AssessmentEvent } from "./fieldwork/assessment/events.ts";
import { FieldworkEvent } from "./fieldwork/events.ts";
import { PanelEvent } from "./panel/events.ts";
import { PublicationEvent } from "./publication/events.ts";

export const AnyFact = z.discriminatedUnion("type", [
  ...InspectionEvent.options,
  ...FieldworkEvent.options,
  ...AssessmentEvent.options,
  ...PanelEvent.options,
  ...PublicationEvent.options,
]);
export type AnyFact = z.infer<typeof AnyFact>;
