/**
 * What the envelopes of facts say of themselves: a command is answered once, its facts stand
 * together, what it was caused by came before it, and time goes forwards.
 */
import { Day, type Instant, toEpochDay } from "../kernel/instants.ts";
import type { InspectionCategory } from "./asked.ts";
import type { Found } from "./leeway.ts";
import type { ReadEntry } from "./log.ts";

/** The facts that one command led to. */
export type Group = readonly [ReadEntry, ...ReadEntry[]];

/** What one command led to stands together in its stream. */
export const groupsOf = (facts: readonly ReadEntry[]): readonly Group[] => {
  const last = new Map<string, [ReadEntry, ...ReadEntry[]]>();
  const groups: Group[] = [];
  for (const fact of facts) {
    const group = last.get(fact.stream);
    if (group?.[0].metadata.commandId === fact.metadata.commandId) {
      group.push(fact);
      continue;
    }
    const begun: [ReadEntry] = [fact];
    last.set(fact.stream, begun);
    groups.push(begun);
  }
  return groups;
};

/** How far the clocks of those who send commands may lie apart, in minutes. */
const tolerance = 5;

const minutesIn = (instant: Instant): number => {
  const [hours, minutes] = [Number(instant.slice(11, 13)), Number(instant.slice(14, 16))];
  return (toEpochDay(Day.parse(instant.slice(0, 10))) * 24 + hours) * 60 + minutes;
};

/** Work on cases may be recorded without a connection, and sent with its own time later. */
const inTheField: ReadonlySet<InspectionCategory> = new Set(["fieldwork", "assessment"]);

/** Judges the envelopes of one group after the other, in the log's order. */
export const envelopeJudge = () => {
  const commands = new Set<string>();
  const ids = new Set<string>();
  let newest = -Infinity;
  let sampled = -Infinity;

  const dated = ([{ fact, category }]: Group): readonly Found[] => {
    const at = minutesIn(fact["at"] as Instant);
    const earliest = inTheField.has(category) ? sampled : newest;
    newest = Math.max(newest, at);
    if (fact.type === "SampleNotified") sampled = newest;
    return at < earliest - tolerance
      ? [{ rule: "time", what: `it is dated ${fact["at"] as Instant}, before what came before it` }]
      : [];
  };

  return (group: Group): readonly Found[] => {
    const [{ fact, metadata }] = group;
    const { commandId, correlationId, causationId } = metadata;
    const found: Found[] = [...dated(group)];
    const odd = (what: string) => found.push({ rule: "envelope", what });
    if (commands.has(commandId)) odd("its command was answered before");
    const isKnown = causationId === commandId || ids.has(causationId);
    // Chasers recorded earlier name a reminder as their cause, which is not in the log.
    if (!isKnown && fact.type !== "RequestChased") odd("what caused it is not in the log");
    group.forEach((each, place) => {
      const { index, correlationId: correlated, causationId: caused } = each.metadata;
      if (index !== place) odd(`it is not number ${place} of its command's facts`);
      if (correlated !== correlationId || caused !== causationId)
        odd("the facts of its command have different causes");
    });
    commands.add(commandId);
    for (const { id } of group) ids.add(id);
    return found;
  };
};
