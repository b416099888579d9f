/** The JSON Schema of a framework's document, made from the schema that the engine reads it by. */
import { z } from "zod";

import { DocumentShape } from "./document-shape.ts";

/** What one part alone must be; how parts fit each other, a schema cannot say. */
export const documentSchema = (): object => ({
  ...z.toJSONSchema(DocumentShape, { io: "input" }),
  title: "A framework's document for Assay",
  description:
    "Format 2. `assay framework check FILE` says besides whether its parts fit each other.",
});
