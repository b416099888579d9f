/** The code as far as stored inspections depend on it: every step's schemas, chart and rules. */
import type { Reading, Stored, StepRules } from "@assay/domain/audit/continuity.ts";
import { namesIn, registry } from "@assay/domain/steps.ts";
import { type FactReader, factReader } from "@assay/host/schema.ts";
import type { StoredEvent } from "@assay/store/port.ts";

/** Types are widened here, once, so that one loop can carry any step. */
const folding = ({ initial, evolve }: { readonly initial: unknown; readonly evolve: unknown }) =>
  ({ initial, evolve }) as Pick<StepRules, "initial" | "evolve">;

/** Every step of this code, by the streams that it writes. */
export const stepsToday: readonly StepRules[] = Object.entries(registry).map(
  ([category, { events, aggregate }]): StepRules => {
    const read = factReader([events]);
    return {
      category,
      types: namesIn(events),
      ...folding(aggregate),
      read: (event: Stored) => readingOf(read, event as StoredEvent),
    };
  },
);

/** What an upcaster or a schema says against a stored event is told, whatever it throws. */
const readingOf = (read: FactReader, event: StoredEvent): Reading => {
  try {
    const fact = read(event);
    return fact ? { fact } : { unreadable: `${event.type} is none of its facts` };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
};
