/**
 * The provider as its discovery document describes it, asked for once it is needed, and how this
 * client proves to it who it is. Redirects are not followed.
 */
import { createPrivateKey, type webcrypto } from "node:crypto";

import { createRemoteJWKSet, importPKCS8 } from "jose";
import * as oidc from "openid-client";

import type { ClientAuthentication, Identity } from "../config.ts";
import { algorithmOf } from "./client-key.ts";
import { ProviderAway } from "./refused.ts";

export type Found = {
  readonly config: oidc.Configuration;
  readonly metadata: oidc.ServerMetadata;
  readonly keys: ReturnType<typeof createRemoteJWKSet>;
};

export type Discovered = () => Promise<Found>;

/** In seconds: for clocks that differ, of people's tokens and of systems' alike. */
export const clockTolerance = 30;

/** How long the provider may take for one answer, in seconds. */
const patience = 10;

/** Finds the provider; a failure is thrown as it is. */
export const discover = async (identity: Identity): Promise<Found> => {
  const { issuer, clientId } = identity;
  const insecure = new URL(issuer).protocol === "http:";
  const proof = await provingWith(identity);
  const client = { [oidc.clockTolerance]: clockTolerance };
  const config = await oidc.discovery(new URL(issuer), clientId, client, proof, {
    timeout: patience,
    ...(insecure && { execute: [oidc.allowInsecureRequests] }),
  });
  config.timeout = patience;
  const metadata = config.serverMetadata();
  if (metadata.jwks_uri === undefined) throw new TypeError("the provider names no keys");
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri), { timeoutDuration: patience * 1000 });
  return { config, metadata, keys };
};

/** Remembers the first answer; a failure is forgotten, so that whoever asks next tries again. */
export const discovering = (identity: Identity): Discovered => {
  let asked: Promise<Found> | undefined;
  return () => {
    asked ??= discover(identity).catch((error: unknown) => {
      asked = undefined;
      throw new ProviderAway(error);
    });
    return asked;
  };
};

/** The setting's way, or the best that both have; RFC 8414 says what no list means. */
export const authenticationFor = (
  {
    token_endpoint_auth_methods_supported: offered = ["client_secret_basic"],
  }: Pick<oidc.ServerMetadata, "token_endpoint_auth_methods_supported">,
  { clientAuth, clientKey, clientSecret }: Identity,
): ClientAuthentication => {
  if (clientAuth) return clientAuth;
  if (clientKey !== undefined) return "private_key_jwt";
  if (clientSecret === undefined) return "none";
  const post = !offered.includes("client_secret_basic") && offered.includes("client_secret_post");
  return post ? "client_secret_post" : "client_secret_basic";
};

/** Asked at each request, by which time it is known what the provider takes. */
const provingWith = async (identity: Identity): Promise<oidc.ClientAuth> => {
  const { clientSecret: secret, clientKey, clientKeyId: kid } = identity;
  const key = clientKey === undefined ? undefined : await signingKeyFrom(clientKey);
  const proofs = {
    none: () => oidc.None(),
    client_secret_basic: () => basic(secret!),
    client_secret_post: () => oidc.ClientSecretPost(secret),
    private_key_jwt: () => oidc.PrivateKeyJwt(kid === undefined ? key! : { key: key!, kid }),
  };
  return (server, client, body, headers) =>
    proofs[authenticationFor(server, identity)]()(server, client, body, headers);
};

/**
 * RFC 6749, 2.3.1 has both encoded, and many a provider compares what it gets without decoding it:
 * only what means something else once it is decoded is encoded.
 */
const basic =
  (secret: string): oidc.ClientAuth =>
  (_server, { client_id: id }, _body, headers) => {
    const encoded = [id, secret].map((each) => each.replace(/[^!-~]|[%+:]/gu, encodeURIComponent));
    headers.set("authorization", `Basic ${Buffer.from(encoded.join(":")).toString("base64")}`);
  };

const signingKeyFrom = (pem: string): Promise<webcrypto.CryptoKey> => {
  const key = createPrivateKey(pem);
  return importPKCS8(key.export({ format: "pem", type: "pkcs8" }) as string, algorithmOf(key));
};
