/** A framework's document once it has the right shape and its parts fit each other. */
import type { z } from "zod";

import { DocumentShape } from "./document-shape.ts";
import { misfits } from "./fitting.ts";

/** The document, once its parts are known to fit each other. */
export const FrameworkDocument = DocumentShape.superRefine((document, context) => {
  for (const { path, message } of misfits(document)) {
    context.addIssue({ code: "custom", path: [...path], message });
  }
});
/** A framework as the engine reads it: a document of today's format. */
export type Framework = z.infer<typeof FrameworkDocument>;
