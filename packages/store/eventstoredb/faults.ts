/** What the clients throw, as the faults of the port. Both name a kind of error as `type`. */
import { type ExpectedRevision, StoreFault } from "../port.ts";

/** gRPC status codes that no repetition will change (grpc.io/docs/guides/status-codes). */
const lasting: Readonly<Record<number, StoreFault["code"]>> = {
  3: "unsupported",
  7: "denied",
  12: "unsupported",
  15: "corrupt",
  16: "denied",
};

const unauthenticated = 16;

/** Such as `stream-not-found`; undefined for what no client throws. */
export const typeOf = (error: unknown): string | undefined =>
  error instanceof Error && "type" in error ? String(error.type) : undefined;

/** The stream's revision where it was not the one expected; undefined for any other error. */
export const refusedAt = (error: unknown): ExpectedRevision | undefined => {
  if (typeOf(error) !== "wrong-expected-version") return undefined;
  // Each client has its own name for it, and servers say in several ways that there is no stream.
  const { actualVersion, actualState } = error as Record<string, unknown>;
  const actual = actualVersion ?? actualState;
  if (typeof actual !== "bigint") return "none";
  return actual < 0n || actual > BigInt(Number.MAX_SAFE_INTEGER) ? "none" : Number(actual);
};

/** What an ordinary user has to be allowed, and where the server keeps that. */
const rights = {
  "read $all": `its metadata has to name the user: {"$acl": {"$r": ["USER", "$admins"]}}`,
  "read streams": `"$r" of "$userStreamAcl" in the stream $settings has to name the user`,
  "write to streams": `"$w" of "$userStreamAcl" in the stream $settings has to name the user`,
} as const;

/** `needed`: the right without which the call is denied. */
export const faultOf = (error: unknown, needed?: keyof typeof rights): StoreFault => {
  if (error instanceof StoreFault) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const fault = (code: StoreFault["code"], what: string, retry: boolean): StoreFault =>
    new StoreFault(code, `event store: ${what} (${cause.message})`, { retry, cause });
  if ("code" in cause && Number(cause.code) === unauthenticated)
    return fault("denied", "the user's name or password is wrong", false);
  const type = typeOf(error);
  if (type === "access-denied") {
    const how = needed ? `; the user may not ${needed}: ${rights[needed]}` : "";
    return fault("denied", `access was denied${how}`, false);
  }
  if (type === "stream-deleted") return fault("deleted", "the stream is deleted", false);
  if (type === "maximum-append-size-exceeded") {
    return fault("too-large", "the append is too large", false);
  }
  if (type === "unsupported") return fault("unsupported", "too old", false);
  if (type === "deadline-exceeded" || type === "timeout") {
    return fault("timeout", "no answer came in time", true);
  }
  const code = "code" in cause ? lasting[Number(cause.code)] : undefined;
  if (code) return fault(code, "the call was refused", false);
  const reason = unreached.find(({ says }) => says.test(cause.message));
  return fault("unavailable", reason?.what ?? "it cannot be reached", reason?.waits ?? true);
};

/** What stands in the way of a connection, as the client says it; whether waiting may mend it. */
const unreached = [
  { says: /ECONNREFUSED/, what: "nobody answers there", waits: true },
  { says: /Name resolution failed/, what: "there is no such host", waits: true },
  {
    says: /self-signed|unable to (verify|get)|unknown authority/i,
    what: "its certificate is signed by nobody who is known here; name the authority as tlsCaFile",
    waits: false,
  },
  { says: /certificate has expired/i, what: "its certificate has expired", waits: false },
  {
    says: /does not match certificate|altnames/i,
    what: "its certificate is for another name",
    waits: false,
  },
  {
    says: /wrong version number/,
    what: "it speaks without TLS; write tls=false, or give it a certificate",
    waits: false,
  },
  {
    says: /Failed to connect/,
    what: "it ends each connection at once, as one that wants TLS does; write tls=true",
    waits: true,
  },
];
