/** What NATS fails with, as the bus says it, and how a service tells its senders that it failed. */
import { JetStreamApiError } from "@nats-io/jetstream";
import { errors } from "@nats-io/transport-node";

import { BusFault } from "./port.ts";

/** Set by `@nats-io/services` for every error, so that any NATS tool sees one. */
export const codeHeader = "Nats-Service-Error-Code";
/** With what the sender is told of why: `handler-failed`, or what `failureFor` says else. */
export const reasonHeader = "Nats-Service-Error";
/** Whether the same command may succeed later: `true` or `false`. */
export const retryHeader = "Assay-Retry";

export const failureOf = (thrown: unknown, subject: string): BusFault => {
  if (thrown instanceof BusFault) return thrown;
  const chain = causesOf(thrown);
  const of = (...kinds: readonly (new (...given: never[]) => Error)[]): boolean =>
    chain.some((error) => kinds.some((kind) => error instanceof kind));
  const fault = (code: BusFault["code"], what: string, retry: boolean): BusFault =>
    new BusFault(code, `${subject}: ${what}`, { retry, cause: thrown });

  if (of(errors.NoRespondersError)) return fault("no-responders", "nobody takes it", true);
  if (of(errors.TimeoutError)) return fault("timeout", "no answer in time", true);
  if (of(errors.ClosedConnectionError, errors.DrainingConnectionError))
    return fault("closed", "the bus is closed", false);
  if (of(errors.AuthorizationError, errors.PermissionViolationError))
    return fault("unavailable", "NATS does not permit it", false);
  if (chain.some(({ message }) => message.includes("max_payload")))
    return fault("too-large", "more than the NATS server takes", false);
  // Such as a full disk, or a limit of the stream or the account: JetStream says which.
  const refused = chain.find((error) => error instanceof JetStreamApiError);
  if (refused && withoutQuorum.has(refused.code))
    return fault("unavailable", "JetStream has no quorum: too few of its servers answer", true);
  if (refused) return fault("unavailable", `JetStream refuses it: ${refused.message}`, true);
  return fault("unavailable", "NATS cannot be reached", true);
};

/** The same where a stream is made: nobody takes that who has no JetStream. */
export const failureOfStream = (thrown: unknown, stream: string): BusFault => {
  if (!causesOf(thrown).some(({ name }) => name === "JetStreamNotEnabled"))
    return failureOf(thrown, stream);
  const message = `${stream}: JetStream is not enabled on the NATS server, or not for this account`;
  return new BusFault("unavailable", message, { retry: false, cause: thrown });
};

/** Error codes of JetStream: no leader, not enough servers for as many copies. */
const withoutQuorum: ReadonlySet<number> = new Set([10_005, 10_008, 10_009]);

export const causesOf = (thrown: unknown): readonly Error[] =>
  thrown instanceof Error ? [thrown, ...causesOf(thrown.cause)] : [];
