/** Keys with which this client proves to the provider who it is. */
import type { KeyObject } from "node:crypto";

/** Throws a `TypeError` for a key that nothing here signs with. */
export const algorithmOf = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string => {
  if (asymmetricKeyType === "rsa") return "RS256";
  if (asymmetricKeyType === "ed25519") return "Ed25519";
  const curve = asymmetricKeyDetails?.namedCurve;
  if (curve === "prime256v1") return "ES256";
  if (curve === "secp384r1") return "ES384";
  throw new TypeError("must be an RSA, Ed25519, P-256 or P-384 key");
};
