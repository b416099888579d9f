/**
 * What the seal of a command signs: the command without its words, as its facts tell it again, and
 * a salted hash of the words. So a seal that is kept with the facts can be checked by whoever has
 * the facts without their words.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";

import { canonicalJson } from "../kernel/canonical.ts";
import type { CommandEnvelope, KeptSeal } from "../kernel/envelope.ts";
import { registry } from "../steps.ts";

type Named = { readonly type: string };
type Schema = {
  readonly shape: { readonly type: { readonly values: ReadonlySet<unknown> } };
  readonly safeParse: (
    value: unknown,
  ) => { readonly success: true; readonly data: Named } | { readonly success: false };
};

/** Stands for words that are not shown. No rule reads words; that there are some, many do. */
export const unseen = "(not shown)";

const schemas = new Map<unknown, Schema>(
  Object.values(registry)
    .flatMap(({ commands }) => commands.options as readonly unknown[] as readonly Schema[])
    .flatMap((option) => [...option.shape.type.values].map((type) => [type, option] as const)),
);

const anyDigest = "0".repeat(64);

/** What the announcing service fills in, where a command cannot do without it. */
const filledIn: Readonly<Record<string, object>> = {
  AnnounceInspection: { commitment: anyDigest },
  DrawSample: { nonce: anyDigest },
};

/** What no fact tells as it was sent is hashed with the words. */
const isUntold = (type: string, field: string): boolean =>
  field === "commitment" ||
  (type === "DrawSample" && field === "nonce") ||
  (type === "SubmitCaseList" && field === "rows");

/** What a command says without its words, and its words. */
export type Parted = { readonly said: unknown; readonly words: unknown };

/**
 * A string is words where any others could stand in its place. Empty lists are left out, as are
 * fields without a value: a fact does not always tell them from none. A command that is none of
 * Assay's is all words.
 */
export const partedOf = (command: Named): Parted => {
  const schema = schemas.get(command.type);
  const parsed = schema?.safeParse({ ...filledIn[command.type], ...command });
  if (schema === undefined || !parsed?.success) return { said: null, words: command };
  const { data } = parsed;
  const words: Record<string, unknown> = {};
  const part = (value: unknown, path: readonly string[]): unknown => {
    if (typeof value === "string") {
      if (!schema.safeParse(withAt(data, path, unseen)).success) return value;
      words[path.join("/")] = value;
      return undefined;
    }
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) {
      const items = value.flatMap((item, at) => part(item, [...path, String(at)]) ?? []);
      return items.length > 0 ? items : undefined;
    }
    const members = Object.entries(value).map(([key, item]) => {
      const place = [...path, key];
      const isTold = key !== "text" && (path.length > 0 || !isUntold(data.type, key));
      if (isTold) return [key, part(item, place)];
      if (path.length > 0 || key in command) words[place.join("/")] = item;
      return [key, undefined];
    });
    return Object.fromEntries(members.filter(([, item]) => item !== undefined));
  };
  return { said: part(data, []), words };
};

const withAt = (value: unknown, [key, ...rest]: readonly string[], leaf: string): unknown => {
  if (key === undefined) return leaf;
  if (Array.isArray(value)) return value.with(Number(key), withAt(value[Number(key)], rest, leaf));
  const members = value as Readonly<Record<string, unknown>>;
  return { ...members, [key]: withAt(members[key], rest, leaf) };
};

/** HMAC-SHA256 of the words, keyed by the salt that travels with the command and is not kept. */
export const wordsHash = ({ words }: Parted, salt: string): string =>
  bytesToHex(hmac(sha256, hexToBytes(salt), utf8ToBytes(canonicalJson(words))));

type Stamp = Omit<KeptSeal, "signature">;
type Identity = Pick<CommandEnvelope, "id" | "correlationId" | "causationId">;

/** The bytes that an edge signs. Throws a TypeError for what is no plain data. */
export const sealMessage = (
  { id, correlationId, causationId }: Identity,
  said: unknown,
  { edge, at, words }: Stamp,
): Uint8Array =>
  utf8ToBytes(
    canonicalJson(["assay-seal/2", edge, at, id, correlationId, causationId, said, words]),
  );
