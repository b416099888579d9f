/**
 * The command bus as every adapter must be. A command goes to the one service that owns its step,
 * on the subject `assay.<step>.<CommandType>`, and is answered: accepted or refused. When no answer
 * came the sender cannot know whether it was carried out, and sends the same envelope again.
 */
import type { CommandEnvelope, Reply } from "@assay/domain/kernel/envelope.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";

export type Step = "announcement" | "fieldwork" | "panel" | "publication";

export type Handler = (envelope: CommandEnvelope) => Promise<Reply>;

export type Offer = {
  readonly step: Step;
  /** The command types this service takes. */
  readonly commands: readonly string[];
  readonly handle: Handler;
};

export type SendOptions = {
  /** How long to wait for the answer, in milliseconds; default 5,000. */
  readonly timeout?: number;
};

/** An offer in force. `drain` takes no new commands, answers those under way, then resolves. */
export type Offered = { drain(): Promise<void> };

export interface CommandBus {
  offer(offer: Offer): Promise<Offered>;
  /** Throws `BusFault` when no answer came. */
  send(step: Step, envelope: CommandEnvelope, options?: SendOptions): Promise<Reply>;
  ping(): Promise<void>;
  /** What the clock of its servers shows, where there are any that say so. */
  time?(): Promise<Instant | undefined>;
  close(): Promise<void>;
}

export class BusFault extends Error {
  readonly code:
    | "no-responders"
    | "timeout"
    | "unavailable"
    | "handler-failed"
    /** The disk of the service took nothing: nothing was recorded. */
    | "no-room"
    | "too-large"
    | "closed";
  readonly retry: boolean;

  constructor(
    code: BusFault["code"],
    message: string,
    options: { readonly retry: boolean; readonly cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.name = "BusFault";
    this.code = code;
    this.retry = options.retry;
  }
}

/** A fault says itself whether to try again; anything else thrown is a defect, and stays one. */
export const mayRetry = (cause: unknown): boolean =>
  cause instanceof Error && "retry" in cause && cause.retry === true;

/** What a sender is told of why a command could not be carried out. */
export const failureFor = (cause: unknown): "handler-failed" | "no-room" =>
  cause instanceof Error &&
  "code" in cause &&
  (cause.code === "disk-full" || cause.code === "read-only")
    ? "no-room"
    : "handler-failed";
