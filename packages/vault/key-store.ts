/**
 * Where the data keys are: one for the words of each case, one for those of each inspection. A key
 * that was destroyed leaves its name behind, so that it is never made again.
 */

import type { MasterKey } from "./master-key.ts";

/** What is known of one owner's key. */
export type KeyState = Buffer | "destroyed";

/** By owner; owners without a key are left out. */
export type Keys = ReadonlyMap<string, KeyState>;

export interface KeyStore {
  find(owners: Iterable<string>): Promise<Keys>;
  /** Makes the keys that are missing; they are durable when this resolves. */
  findOrMake(owners: Iterable<string>): Promise<Keys>;
  /** Destroys keys for good. Their names stay. Nobody opens what they closed once it resolves. */
  destroy(erasure: Erasure): Promise<void>;
  close(): void | Promise<void>;
}

/** A key store that can be copied and wrapped anew. */
export interface KeptKeys extends KeyStore {
  rows(): readonly KeyRow[] | Promise<readonly KeyRow[]>;
  /** Takes keys from a copy: those that are missing, and every destruction it knows of. */
  merge(rows: readonly KeyRow[]): number | Promise<number>;
  /** Wraps every key with another key-encryption key, and says how many. */
  rewrap(from: MasterKey, to: MasterKey): number | Promise<number>;
}

/** A key as it is kept; `wrapped` and `master` are null for one that was destroyed. */
export type KeyRow = {
  readonly owner: string;
  readonly wrapped: Uint8Array | null;
  readonly master: string | null;
  readonly made: string;
  readonly destroyed: string | null;
};

/** The keys of one owner, or of every owner whose name begins so. */
export type Erasure = { readonly owners: readonly Owners[]; readonly at: string };
type Owners = { readonly one: string } | { readonly all: string };

/** What is kept of a case under a key of its own: its row in the case list, the words about it. */
type Part = "list" | "words";

/** Who owns words about a case. An inspection owns the others, under its own name. */
export const caseOwner = (inspection: string, part: Part, id: string): string =>
  `${everyCase(inspection, part)}${id}`;

/** How the names of all these begin. A tombstone of this name says that no more are made. */
export const everyCase = (inspection: string, part: Part): string => `${inspection}.${part}.`;

/** How the names of an owner's like begin; undefined for an inspection. */
export const kindOf = (owner: string): string | undefined => {
  const end = owner.lastIndexOf(".");
  return end < 0 ? undefined : owner.slice(0, end + 1);
};
