/** An example's published totals, and a notebook in which its facts are written down. */
import { readFileSync } from "node:fs";

import { Rating } from "@assay/domain/framework/scale.ts";
import { Day } from "@assay/domain/kernel/instants.ts";
import { z } from "zod";

import type { Recorded } from "../recorded.ts";

const Counted = z.object({ relevant: z.int().optional(), yes: z.int() });
const Example = z.object({
  id: z.string(),
  service: z.string(),
  fieldwork: z.object({ start: Day, end: Day }),
  caseload: z.record(z.string(), z.union([z.number(), z.string()])),
  court: z.object({ cases: z.int() }),
  outOfCourt: z.object({ cases: z.int() }),
  domainOne: z.record(z.string(), Rating),
  discretion: z.record(z.string(), z.object({ from: Rating, to: Rating, reason: z.string() })),
  standards: z.record(
    z.string(),
    z.object({
      rating: Rating,
      keyQuestions: z.record(
        z.string(),
        z.object({ relevant: z.int(), yes: z.int(), prompts: z.array(Counted) }),
      ),
    }),
  ),
});
export type Example = z.infer<typeof Example>;

export type StoryId = "peterborough-2020" | "milton-keynes-2021";

export const exampleOf = (id: StoryId): Example =>
  Example.parse(
    JSON.parse(readFileSync(new URL(`../../../examples/${id}.json`, import.meta.url), "utf8")),
  );

export const lead = { id: "lead", role: "lead-inspector" };
export const chair = { id: "chair", role: "panel-chair" };
export const chief = { id: "chief", role: "chief-inspector" };
export const system = { id: "assay", role: "system" };

/** Writes facts down, stream by stream, with the moment of the day on which each happens. */
export class Notebook {
  readonly recorded: Recorded[] = [];
  readonly #revisions = new Map<string, number>();

  write(
    stream: string,
    schema: z.ZodType,
    day: string,
    by: object,
    facts: readonly object[],
  ): void {
    for (const fact of facts) {
      const revision = (this.#revisions.get(stream) ?? -1) + 1;
      this.#revisions.set(stream, revision);
      const event = schema.parse({ at: `${day}T09:00:00.000Z`, by, ...fact });
      this.recorded.push({ stream, revision, event: event as Recorded["event"] });
    }
  }

  basis(): { stream: string; revision: number }[] {
    return [...this.#revisions].map(([stream, revision]) => ({ stream, revision }));
  }
}
