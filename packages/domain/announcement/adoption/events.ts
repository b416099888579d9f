/**
 * Facts about a framework of which the engine is told: that inspections may be announced under it,
 * and from when on no new ones are. Each framework has a stream of its own.
 */
import { z } from "zod";

import { AnyDocument } from "../../framework/versions.ts";
import { fact, guardOf, text, Words } from "../../kernel/fact.ts";
import { Digest, FrameworkId } from "../../kernel/ids.ts";

/** Inspections may be scheduled and announced under this document, which is kept whole. */
export const FrameworkAdopted = fact("FrameworkAdopted", {
  framework: FrameworkId,
  digest: Digest,
  document: AnyDocument,
});

/** Nothing more is scheduled or announced under it. What was announced before goes on. */
export const FrameworkWithdrawn = fact("FrameworkWithdrawn", {
  framework: FrameworkId,
  text: text({ reason: Words }),
});

export const FrameworkEvent = z.discriminatedUnion("type", [FrameworkAdopted, FrameworkWithdrawn]);
export type FrameworkEvent = z.infer<typeof FrameworkEvent>;

export const isFrameworkEvent = guardOf<FrameworkEvent>(FrameworkEvent);
