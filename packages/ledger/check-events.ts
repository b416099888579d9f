/** Checks a bundle's events: that each is the one that was logged, and that all are in order. */
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { bytesToHex } from "@noble/hashes/utils.js";

import type { BundleEvent, Withheld } from "./bundle.ts";
import { isDisclosedBy, leafOf, openTexts } from "./leaf.ts";
import type { Case, Finding } from "./check.ts";

/** What is known of every event, shown or withheld. */
const placeOf = (entry: BundleEvent): Omit<Withheld, "reason"> =>
  "event" in entry ? entry.event : entry.withheld;

/** An event by its number in the log, its type and its place in its stream. */
export const placeName = (entry: BundleEvent): string => {
  const { type, stream, revision } = placeOf(entry);
  return `event ${entry.index} (${type}, ${stream} at ${revision})`;
};

/** Each event shown gives the leaf beside it, and holds no words. */
export const checkEvents = ({ bundle }: Case): Finding => {
  const problems: string[] = [];
  const hidden = new Map<string, number>();
  for (const entry of bundle.events) {
    if ("withheld" in entry) {
      const { reason } = entry.withheld;
      hidden.set(reason, (hidden.get(reason) ?? 0) + 1);
    } else if (bytesToHex(leafOf(entry.event)) !== entry.leaf) {
      problems.push(`${placeName(entry)} is not the one that was logged`);
    } else {
      const open = openTexts(entry.event);
      if (open.length > 0) problems.push(`${placeName(entry)} shows words at ${open.join(", ")}`);
    }
  }
  const count = [...hidden.values()].reduce((sum, n) => sum + n, 0);
  return {
    problems,
    summary: `${bundle.events.length - count} events shown, ${count} withheld`,
    recomputed: bundle.events.length - count,
    caveats: [...hidden].map(([reason, n]) => `events withheld (${n}): ${reason}`),
  };
};

/**
 * The log's order: indexes from 0 without a gap; within each stream revisions from 0 without a gap;
 * every stream the inspection's own; no id twice.
 */
export const checkOrder = ({ bundle }: Case): Finding => {
  const problems: string[] = [];
  const next = new Map<string, number>();
  const ids = new Set<string>();
  bundle.events.forEach((entry, index) => {
    const { id, stream, revision } = placeOf(entry);
    const expected = next.get(stream) ?? 0;
    if (entry.index !== index) problems.push(`${placeName(entry)} stands in place ${index}`);
    if (revision !== expected) {
      problems.push(`${placeName(entry)} stands where revision ${expected} belongs`);
    }
    if (inspectionOf(stream) !== bundle.inspection) {
      problems.push(`${placeName(entry)} is not of ${bundle.inspection}`);
    }
    if (ids.has(id)) problems.push(`${placeName(entry)} repeats the id ${id}`);
    ids.add(id);
    next.set(stream, revision + 1);
  });
  return { problems, summary: `${next.size} streams, each without a gap`, compared: next.size };
};

/** Words that were laid open are those that the event committed to. */
export const checkDisclosures = ({ bundle }: Case): Finding => {
  const problems = bundle.disclosures.flatMap((disclosure) => {
    const entry = bundle.events[disclosure.index];
    if (entry && "event" in entry && isDisclosedBy(entry.event, disclosure)) return [];
    return [`the words at ${disclosure.pointer} of event ${disclosure.index} are not those logged`];
  });
  const recomputed = bundle.disclosures.length;
  return { problems, summary: `${recomputed} texts laid open`, recomputed };
};
