/** Tokens (JWTs) checked against the provider's keys, whoever brings them. */
import { type JWTPayload, jwtVerify } from "jose";

import { clockTolerance, type Discovered } from "./discovering.ts";
import { refusedBy } from "./refused.ts";

/** Symmetric and absent signatures never count. */
const algorithms = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];

export type Verified = (
  token: string,
  audience: string,
  required?: readonly string[],
) => Promise<JWTPayload>;

/** Throws `NotBelieved`, or `ProviderAway` where the keys could not be had. */
export const verifying =
  (discovered: Discovered): Verified =>
  async (token, audience, required = ["iat", "exp"]) => {
    const { metadata, keys } = await discovered();
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: metadata.issuer,
        audience,
        ...{ algorithms, clockTolerance, requiredClaims: [...required] },
      });
      return payload;
    } catch (error) {
      return refusedBy(error);
    }
  };
