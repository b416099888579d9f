/**
 * Who stands behind a command. An authenticated edge seals what it sends (Ed25519 over the whole
 * envelope, its own name and the moment), and the owner of a step carries out nothing else. The
 * seal is kept with the command's facts, unless it comes from within one process. An edge
 * vouches for people or for Assay's own duties, so that no service can speak for a person.
 */
import {
  createHmac,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
  verify,
} from "node:crypto";

import type { CommandBus } from "@assay/bus/port.ts";
import { Actor, type Role } from "@assay/domain/kernel/actor.ts";
import { canonicalJson } from "@assay/domain/kernel/canonical.ts";
import type { CommandEnvelope, KeptSeal } from "@assay/domain/kernel/envelope.ts";
import type { Instant } from "@assay/domain/kernel/instants.ts";
import { partedOf, sealMessage, wordsHash } from "@assay/domain/verification/seal-message.ts";
import { signerFrom } from "@assay/ledger/keys.ts";
import { parseVerifierKey } from "@assay/ledger/note.ts";

/** People: whoever has signed in somewhere. Duties: Assay itself, when something falls due. */
export type VouchesFor = "people" | "duties";

/** Whoever may seal: a name and what makes its signatures. */
export type Edge = {
  readonly name: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
  /** Only its own process can check its seals: they are not kept. */
  readonly within?: true;
};

/** Whose seals count, and for whom. */
export type TrustedEdge = {
  readonly name: string;
  readonly vouchesFor: readonly VouchesFor[];
  readonly verify: (message: Uint8Array, signature: Uint8Array) => boolean;
};

/** What a service needs: its own edge for its duties, and whom it believes. */
export type Trust = { readonly own: Edge; readonly edges: readonly TrustedEdge[] };

export type Unauthenticated = {
  readonly reason: "Unauthenticated";
  readonly why: "no-seal" | "unknown-edge" | "broken" | "too-old" | "not-its-to-say";
};

/** How far the clocks of an edge and a service may lie apart, in milliseconds. */
const tolerance = 5 * 60 * 1000;

/** The bus with every command sealed as it is sent, and again when it is sent again. */
export const sealing = (bus: CommandBus, edge: Edge, now = Date.now): CommandBus => ({
  offer: (offer) => bus.offer(offer),
  ping: () => bus.ping(),
  close: () => bus.close(),
  send: (step, envelope, options) => bus.send(step, sealed(envelope, edge, now()), options),
});

export const sealed = (
  { id, correlationId, causationId, command }: CommandEnvelope,
  { name, sign: signature, within }: Edge,
  now: number,
): CommandEnvelope => {
  const envelope = { id, correlationId, causationId, command } satisfies Covered;
  const at = new Date(now).toISOString() as Instant;
  const stamp = { edge: name, at, ...(!within && { salt: randomBytes(16).toString("hex") }) };
  const bytes = signature(messageOf(envelope, stamp));
  return { ...envelope, seal: { ...stamp, signature: Buffer.from(bytes).toString("base64") } };
};

/** Why the command is not to be carried out, or undefined where an edge stands behind it. */
export const unauthenticated = (
  { seal, ...envelope }: CommandEnvelope,
  edges: readonly TrustedEdge[],
  now: number,
): Unauthenticated | undefined => {
  const no = (why: Unauthenticated["why"]): Unauthenticated => ({ reason: "Unauthenticated", why });
  if (seal === undefined) return no("no-seal");
  const { signature, ...stamp } = seal;
  const named = edges.filter(({ name }) => name === stamp.edge);
  if (named.length === 0) return no("unknown-edge");
  const bytes = Buffer.from(signature, "base64");
  const message = messageIn(envelope, stamp);
  const edge = named.find((each) => message && each.verify(message, bytes));
  if (edge === undefined) return no("broken");
  if (!(Math.abs(now - Date.parse(stamp.at)) <= tolerance)) return no("too-old");
  const { data: actor } = Actor.safeParse(envelope.command["by"]);
  const mayVouch = actor && edge.vouchesFor.includes(vouchedBy(actor.role));
  return mayVouch ? undefined : no("not-its-to-say");
};

const vouchedBy = (role: Role): VouchesFor => (role === "system" ? "duties" : "people");

type Stamp = Omit<Seal, "signature">;
/** Whatever an envelope holds but the seal itself: a member more has to be sealed too. */
type Covered = Readonly<Record<keyof Omit<CommandEnvelope, "seal">, unknown>>;
type Seal = NonNullable<CommandEnvelope["seal"]>;

const messageOf = (
  envelope: Omit<CommandEnvelope, "seal">,
  { edge, at, salt }: Stamp,
): Uint8Array => {
  if (salt === undefined)
    return Buffer.from(["assay-seal/1", edge, at, canonicalJson(envelope)].join("\n"));
  const parted = partedOf(envelope.command);
  return sealMessage(envelope, parted.said, { edge, at, words: wordsHash(parted, salt) });
};

/** What is kept of the seal with the first fact to which the command led. */
export const keptSeal = ({ seal, command }: CommandEnvelope): KeptSeal | undefined => {
  if (seal?.salt === undefined) return undefined;
  const { salt, ...stamp } = seal;
  return { ...stamp, words: wordsHash(partedOf(command), salt) };
};

/** Undefined for what is no plain data, which nobody can have sealed. */
const messageIn = (envelope: Omit<CommandEnvelope, "seal">, stamp: Stamp) => {
  try {
    return messageOf(envelope, stamp);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
};

/** An edge from what a deployment hands in: a private key in PEM, or its seed in base64. */
export const edgeFrom = (name: string, privateKey: string): Edge => signerFrom(name, privateKey);

/** As what others know this edge; undefined where nobody would believe it. */
export const standingIn = (
  edges: readonly TrustedEdge[],
  own: Pick<Edge, "sign">,
): TrustedEdge | undefined => {
  const asked = Buffer.from("assay: does this edge stand among the trusted ones?");
  const seal = own.sign(asked);
  return edges.find((edge) => edge.verify(asked, seal));
};

/**
 * Whose seals count, a line each: `people` or `duties`, and the edge's verifier key. Throws a
 * LedgerFault or a TypeError for a line that says something else.
 */
export const trustedEdgesIn = (lines: string): readonly TrustedEdge[] =>
  lines
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => {
      const [vouchesFor, written, ...rest] = line.split(/\s+/);
      if ((vouchesFor !== "people" && vouchesFor !== "duties") || !written || rest.length > 0)
        throw new TypeError("each line says people or duties, and a verifier key");
      const { name, publicKey } = parseVerifierKey(written);
      const key = keyObjectOf(publicKey);
      return { name, vouchesFor: [vouchesFor], verify: (...signed) => isSignedBy(key, ...signed) };
    });

const keyObjectOf = (bytes: Uint8Array): KeyObject => {
  const x = Buffer.from(bytes).toString("base64url");
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
};

const isSignedBy = (key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, message, key, signature);

/**
 * For one process that holds both ends: a secret made now, which vouches for both and dies with it.
 * Whoever can seal there can also check, so a keyed hash says as much as a signature, far sooner.
 */
export const trustWithin = (name: string): Trust => {
  const secret = createSecretKey(randomBytes(32));
  const sign = (message: Uint8Array): Buffer =>
    createHmac("sha256", secret).update(message).digest();
  const isOurs = (message: Uint8Array, seal: Uint8Array): boolean =>
    seal.length === 32 && timingSafeEqual(sign(message), seal);
  return {
    own: { name, sign, within: true },
    edges: [{ name, vouchesFor: ["people", "duties"], verify: isOurs }],
  };
};
