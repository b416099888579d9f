/**
 * Why somebody or something was not believed, for whoever runs Assay: a cause, the claim it is
 * about and what that claim holds. Tokens, codes and secrets have no way into it.
 */
import { errors } from "jose";
import * as oidc from "openid-client";

export type Reason = {
  /** A stable name: the provider's own error code, or ours. */
  readonly cause: string;
  /** One sentence. */
  readonly words: string;
  readonly claim?: string;
  readonly value?: string;
  /** The provider's name for the person, where it is known. */
  readonly subject?: string;
};

/** What was brought does not prove what it should. */
export class NotBelieved extends Error {
  readonly reason: Reason;

  constructor(reason: Reason, cause?: unknown) {
    super(reason.words, { cause });
    this.name = "NotBelieved";
    this.reason = reason;
  }
}

/** The provider does not answer: nobody can sign in just now. */
export class ProviderAway extends Error {
  readonly code = "identity-provider-away";
  readonly retry = true;

  constructor(cause: unknown) {
    super("the identity provider does not answer", { cause });
    this.name = "ProviderAway";
  }
}

/** As text of at most a hundred characters. */
export const shown = (value: unknown): string =>
  (typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing")).slice(0, 100);

const listed = (value: unknown): Pick<Reason, "value"> =>
  value === undefined ? {} : { value: shown(value) };

/** What a failed check was about, whichever library found it. */
export const reasonOf = (error: unknown): Reason => {
  if (error instanceof NotBelieved) return error.reason;
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError)
    return answeredWith(error);
  if (error instanceof oidc.WWWAuthenticateChallengeError) return challenged(error);
  if (error instanceof errors.JWTExpired || error instanceof errors.JWTClaimValidationFailed)
    return aboutClaim(error);
  const known = wordsOfCode[codeOf(error)];
  if (known) return { cause: codeOf(error), words: known };
  return compared(error);
};

const wordsOfCode: Readonly<Record<string, string>> = {
  ERR_JWKS_NO_MATCHING_KEY: "no key of the provider's has the kid and algorithm of the token",
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: "the token names no kid, and several keys would fit",
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "the token's signature is not by the provider's key",
  ERR_JOSE_ALG_NOT_ALLOWED: "the token is signed in a way that is not taken",
  ERR_JWS_INVALID: "the token is no signed token (JWS)",
  ERR_JWT_INVALID: "the token is no signed token (JWT)",
};

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "unknown";

const hints: Readonly<Record<string, string>> = {
  invalid_client:
    "the provider does not know the client or takes its credentials in another way: compare " +
    "OIDC_CLIENT_ID and OIDC_CLIENT_SECRET, or set OIDC_CLIENT_AUTH",
  unauthorized_client:
    "the provider does not let the client do this, or does not know it by what it was sent: " +
    "`assay identity check` tries both",
  invalid_grant: "the code or the refresh token was used before, is too old or was withdrawn",
  access_denied: "the provider denied it, or the person declined",
  invalid_request:
    "the provider does not take the question as it was asked; `assay identity check` tries what " +
    "it takes, such as OIDC_PKCE=no",
  invalid_scope: "the provider does not give all the scopes of OIDC_SCOPES",
};

const answeredWith = ({
  error: code,
  error_description: described,
}: {
  readonly error: string;
  readonly error_description?: string | undefined;
}): Reason => {
  const hint = hints[code] ?? "the provider answered with an error";
  return {
    cause: shown(code),
    words: `${hint}${described === undefined ? "" : ` (${shown(described)})`}`,
  };
};

/** A token endpoint challenges a client by another scheme than Bearer, a resource by that. */
const challenged = ({ cause: challenges, status }: oidc.WWWAuthenticateChallengeError): Reason => {
  const told = challenges.find(({ scheme }) => scheme.toLowerCase() !== "bearer");
  if (told) {
    const { error = "invalid_client", error_description } = told.parameters;
    return answeredWith({ error, ...(error_description !== undefined && { error_description }) });
  }
  const words = `the provider refused its own access token with ${status} at UserInfo`;
  return { cause: "userinfo-refused", words };
};

const clockHint = "compare this machine's clock with the provider's";

const aboutClaim = ({
  claim,
  reason,
  payload,
}: errors.JWTExpired | errors.JWTClaimValidationFailed): Reason => {
  const time = ["exp", "nbf", "iat"].includes(claim) && reason === "check_failed";
  const what = reason === "missing" ? "is missing" : "is not what it has to be";
  return {
    cause: time ? "clock" : claim,
    claim,
    words: time ? `by its ${claim} the token does not count now: ${clockHint}` : `${claim} ${what}`,
    ...listed(payload[claim]),
  };
};

/** openid-client says which claim it compared in the error's cause. */
const compared = (error: unknown): Reason => {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const told: unknown = at.cause;
    if (typeof told !== "object" || told === null) continue;
    const of = told as Readonly<Record<string, unknown>>;
    const claim = of["claim"] ?? of["attribute"];
    if (typeof claim !== "string") continue;
    const held = (of["claims"] ?? of["body"]) as Readonly<Record<string, unknown>> | undefined;
    if (codeOf(error) === "OAUTH_JWT_TIMESTAMP_CHECK_FAILED")
      return {
        ...{ cause: "clock", claim, ...listed(held?.[claim]) },
        words: `by its ${claim} the token does not count now: ${clockHint}`,
      };
    // The nonce came through the browser, and is nobody's to read.
    const value = claim === "nonce" ? {} : listed(held?.[claim]);
    return { cause: claim, claim, words: `${claim} is not what it has to be`, ...value };
  }
  const message = error instanceof Error ? error.message : "something else was thrown";
  return { cause: codeOf(error), words: shown(message) };
};

/** The network or the provider failed, and nothing is known about what was brought. */
export const isAway = (error: unknown): boolean => {
  if (error instanceof ProviderAway || error instanceof errors.JWKSTimeout) return true;
  if (!(error instanceof Error)) return false;
  if (error instanceof TypeError && error.message === "fetch failed") return true;
  if (["TimeoutError", "AbortError"].includes(error.name)) return true;
  if (["OAUTH_TIMEOUT", "OAUTH_ABORT"].includes(codeOf(error))) return true;
  // What jose says of a key set that is not there.
  if (codeOf(error) === "ERR_JOSE_GENERIC" && error.message.startsWith("Expected 200 OK"))
    return true;
  return error.cause instanceof Response && error.cause.status >= 500;
};

/** Throws what a failed step with the provider means. */
export const refusedBy = (error: unknown): never => {
  if (isAway(error)) throw error instanceof ProviderAway ? error : new ProviderAway(error);
  throw error instanceof NotBelieved ? error : new NotBelieved(reasonOf(error), error);
};
