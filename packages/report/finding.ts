/**
 * Something that a check found in a draft. An error keeps a report back; so would an excused
 * finding, had nobody said why it may stand; a warning wants a person's eye; a hint is advice.
 */
import type { PublicationEvent } from "@assay/domain/publication/events.ts";

export type Finding = {
  readonly place: string;
  readonly problem: string;
  readonly severity: "error" | "excused" | "warning" | "hint";
  /** What a person may excuse with a reason; absent where the record is contradicted. */
  readonly excusable?: Excusable;
  /** Why it may stand. */
  readonly reason?: string;
};

/** What to do about an error, and who may let it stand. */
export const adviceOn = ({ severity, excusable }: Finding): string | undefined => {
  if (severity !== "error") return undefined;
  return excusable
    ? "Change the words, or the lead inspector says here why they may stand."
    : "It has to be put right: nobody can excuse it.";
};

export type Excusable = {
  readonly check: Extract<PublicationEvent, { type: "FindingExcused" }>["check"];
  readonly words: string;
};

/** What somebody said of a finding, so that it no longer keeps the report back. */
export type Excuse = Excusable & { readonly place: string; readonly reason: string };
