/**
 * Failed calls as EventStoreDB reports them: a gRPC status, and in the trailers the name by which
 * its clients tell one failure from another.
 */
import { StoreFault } from "@assay/store/port.ts";
import { Metadata, type ServiceError, status } from "@grpc/grpc-js";

export type CallFault = Pick<ServiceError, "code" | "details" | "metadata">;

const fault = (
  code: status,
  details: string,
  trailers: Readonly<Record<string, string>> = {},
): CallFault => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, ascii(value));
  return { code, details, metadata };
};

/** Trailers hold nothing but printable ASCII; the rest is written as in a URL. */
const ascii = (value: string): string =>
  value.replaceAll(/[^\x20-\x7e]+/gu, (part) => encodeURIComponent(part));

export const streamDeleted = (stream: string): CallFault =>
  fault(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, {
    exception: "stream-deleted",
    "stream-name": stream,
  });

export const accessDenied = (): CallFault =>
  fault(status.PERMISSION_DENIED, "Access Denied", { exception: "access-denied" });

export const unauthenticated = (): CallFault =>
  fault(status.UNAUTHENTICATED, "The user name or the password is wrong.");

export const wrongExpectedVersion = (asked: {
  readonly operation: string;
  readonly stream: string;
  readonly expected: number;
  readonly actual: number;
}): CallFault =>
  fault(
    status.FAILED_PRECONDITION,
    `${asked.operation} failed due to WrongExpectedVersion. Stream: ${asked.stream}, ` +
      `Expected version: ${asked.expected}, Actual version: ${asked.actual}`,
    {
      exception: "wrong-expected-version",
      "stream-name": asked.stream,
      "expected-version": String(asked.expected),
      "actual-version": String(asked.actual),
    },
  );

export const maxAppendSizeExceeded = (most: number): CallFault =>
  fault(status.INVALID_ARGUMENT, `Maximum Append Size of ${most} Exceeded.`, {
    exception: "maximum-append-size-exceeded",
    "maximum-append-size": String(most),
  });

export const metadataMissing = (property: string): CallFault =>
  fault(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: "missing-required-metadata-property",
    "required-metadata-properties": "type,content-type",
  });

export const invalidArgument = (details: string): CallFault =>
  fault(status.INVALID_ARGUMENT, details);

/** What the server says where its own code failed. */
export const handlerFailed = (): CallFault =>
  fault(status.UNKNOWN, "Exception was thrown by handler.");

export const unexpectedRead = (result: string): CallFault =>
  fault(status.UNKNOWN, `Unexpected ${result}`);

export const tooSlow = (): CallFault =>
  fault(
    status.ABORTED,
    "Consumer too slow to handle event while live. Client resubscription required.",
  );

/** What a leader says that is left alone with what it wrote. */
export const commitTimeout = (): CallFault =>
  fault(status.ABORTED, "Operation timed out: Commit phase timeout.");

export const notReady = (): CallFault => fault(status.UNAVAILABLE, "Server Is Not Ready");

export const notLeader = (leader: { readonly host: string; readonly port: number }): CallFault =>
  fault(status.NOT_FOUND, "Leader info available", {
    exception: "not-leader",
    "leader-endpoint-host": leader.host,
    "leader-endpoint-port": String(leader.port),
  });

export const shuttingDown = (): CallFault =>
  fault(status.UNAVAILABLE, "The server is shutting down.");

/** Whatever else went wrong. What may pass by itself is `UNAVAILABLE`. */
export const faultOf = (error: unknown): CallFault => {
  if (isCallFault(error)) return error;
  if (error instanceof StoreFault) {
    const code = error.retry || error.code === "closed" ? status.UNAVAILABLE : status.INTERNAL;
    return fault(code, error.message);
  }
  return fault(status.UNKNOWN, error instanceof Error ? error.message : String(error));
};

const isCallFault = (error: unknown): error is CallFault =>
  typeof error === "object" && error !== null && "details" in error && "metadata" in error;
