/** A person in the role in which they act now, and in those that they may change to. */
import { Actor } from "@assay/domain/kernel/actor.ts";
import { z } from "zod";

export const Signed = z.strictObject({
  actor: Actor,
  name: z.string(),
  roles: z.array(Actor).readonly(),
});
export type Signed = z.infer<typeof Signed>;
