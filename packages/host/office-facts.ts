/** Who publishes for the installation, recorded in the store. */
import { fact } from "@assay/domain/kernel/fact.ts";
import { z } from "zod";

export const PublisherInstalled = fact("PublisherInstalled", {
  /** Of its folder, which moves with it. */
  publisher: z.uuid(),
  host: z.string().max(300),
  /** The verifier key under which it signs. */
  key: z.string().max(500),
});
export type PublisherInstalled = z.infer<typeof PublisherInstalled>;
