/** The reaction that tells other systems facts of public interest, at least once and in order. */
import type { FactPublisher } from "@assay/bus/facts.ts";

import type { z } from "zod";

import type { Reaction } from "./definition.ts";

export type Telling = {
  readonly publisher: Pick<FactPublisher, "publish">;
  /** The schemas of those facts. */
  readonly facts: readonly z.ZodType[];
  /** The types told, such as `ReportPublished`; all others stay in the house. */
  readonly types: readonly string[];
  /** The streams they are in, such as `publication-`. */
  readonly prefixes: readonly string[];
};

export const tellFacts = ({ publisher, facts, types, prefixes }: Telling): Reaction => ({
  name: "tell",
  prefixes,
  facts,
  react: async (event) => {
    if (types.includes(event.type)) await publisher.publish(event);
  },
});
