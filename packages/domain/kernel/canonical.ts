/**
 * One spelling for plain data (RFC 8785, JSON Canonicalization Scheme), so that equal data always
 * has an equal digest. Members are sorted by UTF-16 code units; undefined members are absent.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

import type { Digest } from "./ids.ts";

/** The canonical JSON of `value`. Throws a TypeError for what JSON cannot say, naming its place. */
export const canonicalJson = (value: unknown): string => write(value, "$");

/** SHA-256 over the UTF-8 bytes of the canonical JSON, 64 lower-case hexadecimal digits. */
export const digestOf = (value: unknown): Digest =>
  bytesToHex(sha256(utf8ToBytes(canonicalJson(value)))) as Digest;

const write = (value: unknown, place: string): string => {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return writeNumber(value, place);
  if (typeof value === "string") return writeString(value, place);
  if (Array.isArray(value)) {
    return `[${value.map((item, index) => write(item, `${place}[${index}]`)).join(",")}]`;
  }
  if (typeof value === "object" && isPlain(value)) return writeObject(value, place);
  throw new TypeError(`${place} is not plain data`);
};

const writeObject = (value: object, place: string): string => {
  let members = "";
  for (const key of Object.keys(value).toSorted()) {
    const member: unknown = (value as Readonly<Record<string, unknown>>)[key];
    if (member === undefined) continue;
    const name = writeString(key, place);
    members += `${members && ","}${name}:${write(member, `${place}.${key}`)}`;
  }
  return `{${members}}`;
};

/** ECMAScript's shortest round-trip form is the one the RFC asks for; it writes -0 as 0. */
const writeNumber = (value: number, place: string): string => {
  if (!Number.isFinite(value)) throw new TypeError(`${place} is not a finite number`);
  return JSON.stringify(value);
};

const writeString = (value: string, place: string): string => {
  if (!value.isWellFormed()) throw new TypeError(`${place} holds half of a surrogate pair`);
  return JSON.stringify(value);
};

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};
