/**
 * Which stored events are facts of ours. Others may write to the same store, and what is there may
 * be damaged: no page folds what no schema has looked at.
 */
import { FrameworkEvent } from "@assay/domain/announcement/adoption/events.ts";
import { AnyFact } from "@assay/domain/facts.ts";
import { ProgrammeEvent } from "@assay/domain/announcement/programme/events.ts";
import { ReminderEvent } from "@assay/domain/reminders/events.ts";
import { categoryOf, inspectionOf, isBeyond } from "@assay/domain/kernel/stream.ts";
import { cutOff } from "@assay/host/read-inspection.ts";
import { factReader } from "@assay/host/schema.ts";
import type { StoredEvent } from "@assay/store/port.ts";

const read = factReader([AnyFact, ReminderEvent, ProgrammeEvent, FrameworkEvent]);

/** False for what others wrote. Throws a StoreFault for what should be a fact and is none. */
export const isFact = (event: StoredEvent): boolean => read(event) !== undefined;

/** Whether it is a fact of an inspection, a programme or a framework that can be read. */
export const isReadable = (event: StoredEvent): boolean => {
  const { stream } = event;
  const ours = inspectionOf(stream) !== undefined || isBeyond(categoryOf(stream));
  try {
    return ours && isFact(event);
  } catch {
    return false;
  }
};

/**
 * The facts among these events of one inspection. Throws a StoreFault where one cannot be read, or
 * comes where another belongs. `streams` says how far each stream was read.
 */
export const factsAmong = (
  events: readonly StoredEvent[],
  streams: ReadonlyMap<string, number>,
): readonly StoredEvent[] => {
  const reached = new Map(streams);
  return events.filter((event) => {
    const next = (reached.get(event.stream) ?? -1) + 1;
    if (event.revision > next) throw cutOff(event, next);
    reached.set(event.stream, event.revision);
    return isFact(event);
  });
};
