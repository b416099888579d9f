/**
 * Why there is no connection to a NATS server: each cause its own sentence, with the address, and
 * whether waiting may mend it.
 */
import { errors } from "@nats-io/transport-node";

import type { NatsOptions } from "./nats-options.ts";
import { causesOf } from "./nats-faults.ts";
import { BusFault } from "./port.ts";

type Refusal = { readonly what: string; readonly waits: boolean };

export const refusedBy = (thrown: unknown, options: NatsOptions): BusFault => {
  const { what, waits } = refusalIn(causesOf(thrown), options);
  const message = `the NATS server at ${addressesIn(options.url)}: ${what}`;
  const code = what === late ? "timeout" : "unavailable";
  return new BusFault(code, message, { retry: waits, cause: thrown });
};

/** Without users and passwords. */
const addressesIn = (url: string): string =>
  url
    .split(",")
    .map((one) => new URL(one.trim()).host)
    .join(", ");

const late = "no answer came in time";

const refusalIn = (chain: readonly Error[], options: NatsOptions): Refusal => {
  const says = (words: RegExp): string | undefined =>
    chain.map(({ message }) => message).find((message) => words.test(message));
  const codes = chain.map((error) => ("code" in error ? String(error.code) : ""));
  const lasting = (what: string): Refusal => ({ what, waits: false });
  const passing = (what: string): Refusal => ({ what, waits: true });
  const missing = says(/doesn't exist$/);
  if (missing) return lasting(`a file that the settings name is missing: ${missing}`);
  if (codes.some((code) => untrusted.has(code))) return lasting(untrustedIn(options));
  if (codes.includes("CERT_HAS_EXPIRED")) return lasting("its certificate has expired");
  if (codes.includes("ERR_TLS_CERT_ALTNAME_INVALID"))
    return lasting("its certificate is for another name");
  if (says(/does not support 'tls'/))
    return lasting("it speaks without TLS, which tls:// and NATS_TLS_CA ask for");
  if (chain.some((error) => error instanceof errors.AuthorizationError))
    return lasting(unknownIn(options));
  if (codes.includes("ECONNREFUSED")) return passing("nobody answers there");
  if (codes.includes("ENOTFOUND")) return passing("there is no such host");
  if (chain.some((error) => error instanceof errors.TimeoutError)) return passing(late);
  return passing("it cannot be reached");
};

const untrusted: ReadonlySet<string> = new Set([
  ...["DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT"],
  ...["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"],
]);

const untrustedIn = ({ tls }: NatsOptions): string =>
  tls?.caFile === undefined
    ? "its certificate is signed by nobody who is known here; name the authority as NATS_TLS_CA"
    : `its certificate is not signed by the authority in ${tls.caFile}`;

const unknownIn = ({ url, credentials }: NatsOptions): string => {
  if (credentials !== undefined) return "it does not accept the credentials";
  return /^\w+:\/\/[^/]*@/.test(url)
    ? "it does not accept the user's name or password"
    : "it lets nobody in whom it does not know; name a user in NATS_URL, or NATS_CREDENTIALS";
};
