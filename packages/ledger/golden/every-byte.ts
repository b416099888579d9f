/** Flips bits of a bundle, one at a time, and reports those that verification does not notice. */
import { createPublicKey, verify } from "node:crypto";

import type { VerifyOptions } from "../check.ts";
import { canonical } from "../leaf.ts";
import type { VerifySignature } from "../note.ts";
import { verifyBundle } from "../verify-bundle.ts";

/** Node's own Ed25519, many times as quick as the package's, which the other tests use. */
export const verifyByNode: VerifySignature = ({ signature, message, publicKey }) => {
  const x = Buffer.from(publicKey).toString("base64url");
  const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  return verify(null, message, key, signature);
};

/** A pure function may remember its answers: most bytes leave most signatures as they were. */
const remembering = (verifySignature: VerifySignature): VerifySignature => {
  const answers = new Map<string, boolean>();
  return (claim) => {
    const { signature, message, publicKey } = claim;
    const name = Buffer.concat([publicKey, signature, message]).toString("latin1");
    const answer = answers.get(name) ?? verifySignature(claim);
    answers.set(name, answer);
    return answer;
  };
};

/** `unnoticed`: the bundle still held, or the report did not name the member with the byte, or its place. */
export const flipBytes = (
  bundle: string,
  options: VerifyOptions,
  { from, step }: { readonly from: number; readonly step: number },
): { readonly flipped: number; readonly unnoticed: readonly string[] } => {
  const bytes = new TextEncoder().encode(bundle);
  const owners = ownersOf(bundle);
  const verifySignature = remembering(verifyByNode);
  const unnoticed: string[] = [];
  let flipped = 0;
  for (let at = from; at < bytes.length; at += step) {
    const changed = bytes.slice();
    changed[at]! ^= 1 << (at % 8);
    flipped += 1;
    const report = verifyBundle(changed, { ...options, verifySignature });
    const first = report.checks.find(({ holds }) => !holds);
    const owner = owners[at] ?? "form";
    const said = `${first?.name} ${first?.detail}`;
    const named = said.includes(owner) || said.includes("in the file as a whole");
    if (report.holds || !named) unnoticed.push(`byte ${at} in ${owner}: ${first?.detail}`);
  }
  return { flipped, unnoticed };
};

/** For each byte of the file, the member that it belongs to. */
const ownersOf = (bundle: string): readonly (string | undefined)[] => [
  undefined,
  ...Object.entries(JSON.parse(bundle) as object).flatMap(([name, value]) =>
    Array<string>(new TextEncoder().encode(`"${name}":${canonical(value)},`).length).fill(name),
  ),
];
