/** What is known of an inspection when somebody is to be reminded, or written to. */
import type { Digest } from "../kernel/ids.ts";
import type { Instant } from "../kernel/instants.ts";
import type { LifecyclePhase } from "../lifecycle/machine.ts";
import type { Known } from "../tracking/standing.ts";
import type { LetterCalled } from "./events.ts";
import type { Post } from "./letters.ts";
import type { ReminderPhase } from "./machine.ts";

export type ReminderState = {
  readonly phase: ReminderPhase;
  readonly lifecycle: LifecyclePhase;
  readonly rhythm: Rhythm;
  readonly known: Known;
  /** When the newest fact was recorded: no round is planned before it. */
  readonly latest: Instant | undefined;
  /** How often each duty was reminded of, by its key and date. */
  readonly reminded: ReadonlyMap<string, number>;
  readonly post: Post;
  /** The digest of a letter's link, where links lead anywhere. */
  readonly digestOf: ((letter: string) => Digest) | undefined;
  /** Reminders and letters, by their ids. */
  readonly called: ReadonlyMap<string, LetterCalled | undefined>;
  readonly linked: ReadonlySet<string>;
  readonly delivered: ReadonlySet<string>;
  /** Given up; whoever mends what was wrong may still send it. */
  readonly failed: ReadonlySet<string>;
};

/** Working days from the date, rising: before it when negative. */
export type Rhythm = readonly number[];
export const usualRhythm: Rhythm = [-2, 1, 6, 11];
