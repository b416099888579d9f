/**
 * One structured log, a JSON object a line. It names things by their ids and says what happened to
 * them; what people wrote about children, and secrets, have no way into it.
 */
import { destination as openDestination, type DestinationStream, type Logger, pino } from "pino";

export type Log = Logger;

/** Where words about somebody, or a secret, would sit if somebody logged a whole object. */
const kept = ["text", "data", "command", "envelope", "password", "authorization", "token"];

export type LogOptions = {
  readonly service: string;
  readonly level?: "debug" | "info" | "warn" | "error" | "silent";
  readonly destination?: DestinationStream;
};

/** In bytes: what waits in memory while the disk takes nothing; what comes after it is dropped. */
const mostWaiting = 1_000_000;

/**
 * A file, made with its folder, or an open descriptor. Lines that a full disk does not take are
 * written once there is room: whoever says something must not fail for it.
 */
export const logTo = (to: string | number): DestinationStream & NodeJS.EventEmitter => {
  const sync = typeof to === "string";
  const opened = openDestination({ dest: to, mkdir: true, sync, maxLength: mostWaiting });
  return opened.on("error", () => undefined);
};

export const createLog = ({ service, level = "info", destination = logTo(1) }: LogOptions): Log => {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: [...kept, ...kept.map((key) => `*.${key}`)], censor: "[kept out]" },
    serializers: { err: describe },
  };
  return pino(options, destination);
};

type Described = {
  readonly name: string;
  readonly message: string;
  readonly code: unknown;
  readonly stack: string | undefined;
  readonly cause: Described | undefined;
};

/** An error without the properties that libraries hang on it, which may quote what was sent. */
const describe = (error: unknown): Described => {
  if (!(error instanceof Error)) return describe(new TypeError("something else was thrown"));
  const { name, stack, cause } = error;
  return {
    name,
    message: error.message,
    code: "code" in error ? error.code : undefined,
    stack,
    cause: cause === undefined ? undefined : describe(cause),
  };
};
