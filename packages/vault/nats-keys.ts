/**
 * The key store in NATS, for services on several machines. Only wrapped keys are there. What is
 * destroyed is overwritten by the server, and a message tells so: each process asks for the newest
 * of these before it opens anything.
 */
import type { NatsConnection } from "@nats-io/transport-node";

import { freshBytes, keyBytes } from "./box.ts";
import {
  type Erasure,
  type KeptKeys,
  type KeyRow,
  type Keys,
  type KeyState,
  kindOf,
} from "./key-store.ts";
import { wrappingAs, type MasterKey, unwrapped } from "./master-key.ts";
import { answerAsHolder, type Holder } from "./nats-holders.ts";
import { type Entry, faultOf, type KeyStream, keysStream, openKeyStream } from "./nats-stream.ts";

export type NatsKeysOptions = {
  /** What it is called where somebody asks who works with the keys; else it does not answer. */
  readonly name?: string;
  /** Closed with the key store. */
  readonly connection: NatsConnection;
  readonly master: MasterKey;
  /** How many servers keep a copy, when the stream is made; default 1. */
  readonly replicas?: number;
  /** Whether to begin without a key where there are none; asked only then. Default: yes. */
  readonly begin?: () => Promise<boolean>;
};

/** Throws a StoreFault when NATS cannot be reached, or another key wraps what is there. */
export const openNatsKeys = (options: NatsKeysOptions) =>
  guarded(async (): Promise<NatsKeys> => {
    const { connection, master, replicas = 1, begin = async () => true } = options;
    const { name } = options;
    const keys = new NatsKeys(await openKeyStream(connection, { replicas, begin }), master);
    await keys.prepare();
    if (name !== undefined) answerAsHolder(connection, { name, accepts: () => keys.accepts });
    return keys;
  });

/** How many keys are kept in memory, unwrapped. */
const mostKept = 50_000;

type Kept = { readonly state: KeyState; readonly seq: number };

export class NatsKeys implements KeptKeys {
  readonly #stream: KeyStream;
  readonly #kept = new Map<string, Kept>();
  #master: MasterKey;
  #seen = 0;
  /** What wraps by now, where it was ever exchanged. */
  #current: string | undefined;

  constructor(stream: KeyStream, master: MasterKey) {
    this.#stream = stream;
    this.#master = master;
  }

  /** The key-encryption keys that it opens with. */
  get accepts(): readonly string[] {
    return this.#master.accepts;
  }

  /** Finishes what stopped half way, and tries the key-encryption key on one key. */
  async prepare(): Promise<void> {
    let tried = false;
    for (const [owner, messages] of await this.#stream.owners()) {
      if (tried && messages === 1) continue;
      const entry = await this.#stream.last(owner);
      if (entry?.replaces !== undefined) await this.#stream.overwrite(entry.replaces);
      if (tried || entry?.wrapped === undefined) continue;
      this.#stateOf(owner, entry);
      tried = true;
    }
  }

  find(owners: Iterable<string>): Promise<Keys> {
    return guarded(async () => {
      await this.#forgetWhatOthersDestroyed();
      return this.#look([...owners]);
    });
  }

  findOrMake(owners: Iterable<string>): Promise<Keys> {
    return guarded(async () => {
      const wanted = [...owners];
      await this.#forgetWhatOthersDestroyed();
      const found = await this.#look(wanted);
      const missing = wanted.filter((owner) => !found.has(owner));
      if (missing.length === 0) return found;
      const by = this.#current;
      if (by !== undefined) this.#master = wrappingAs(this.#master, { by, place: keysStream });
      const made = new Date().toISOString();
      await each(missing, async (owner) => {
        const key = wrappedBy(this.#master, owner, freshBytes(keyBytes));
        // Of two who make the same key one wins, and both use it.
        await this.#stream.write(owner, { ...key, made }, 0);
      });
      return this.#look(wanted);
    });
  }

  destroy({ owners: named, at }: Erasure): Promise<void> {
    return guarded(async () => {
      await this.#forgetWhatOthersDestroyed();
      const names = named.map((one) => ("one" in one ? one.one : one.all));
      await this.#look(names);
      if (names.every((name) => this.#isGoneForAll(name))) return;
      // A kind goes first: whoever makes a key of it afterwards finds that it must not be used.
      const gone = await this.#bury(names, at);
      for (const one of named)
        if ("all" in one) {
          const under = await this.#stream.owners(`${one.all}>`);
          gone.push(...(await this.#bury([...under.keys()], at)));
        }
      await this.#finish(gone, at);
    });
  }

  rows(): Promise<readonly KeyRow[]> {
    return guarded(async () => {
      const found: KeyRow[] = [];
      await each([...(await this.#stream.owners()).keys()], async (owner) => {
        const entry = await this.#stream.last(owner);
        if (entry) found.push(rowOf(owner, entry));
      });
      return found;
    });
  }

  merge(rows: readonly KeyRow[]): Promise<number> {
    return guarded(async () => {
      let restored = 0;
      const gone: Entry[] = [];
      for (const { owner, wrapped, master, made, destroyed } of rows) {
        if (destroyed !== null) gone.push(...(await this.#bury([owner], destroyed)));
        if (wrapped === null || master === null) continue;
        const key = { wrapped: Buffer.from(wrapped).toString("base64"), master, made };
        if (await this.#stream.write(owner, key, 0)) restored += 1;
      }
      await this.#finish(gone, new Date().toISOString());
      return restored;
    });
  }

  /** Who else works with these keys just now. */
  holders(): Promise<readonly Holder[]> {
    return guarded(() => this.#stream.holders());
  }

  /** One by one, but for those that do not open. Stopped half way, it goes on when it is called. */
  rewrap(from: MasterKey, to: MasterKey): Promise<number> {
    return guarded(async () => {
      // Told first: nobody who hears it makes a key under another one from here on.
      await this.#stream.tell({ at: new Date().toISOString(), master: to.id });
      let count = 0;
      for (let more = Infinity; more > 0; count += more) more = await this.#rewrapOnce(from, to);
      this.#master = to;
      return count;
    });
  }

  async #rewrapOnce(from: MasterKey, to: MasterKey): Promise<number> {
    let count = 0;
    for (const owner of (await this.#stream.owners()).keys()) {
      const entry = await this.#stream.last(owner);
      if (entry?.wrapped === undefined || entry.master === to.id) continue;
      const opened = unwrapped(from, owner, boxOf(entry.wrapped));
      if (opened === undefined) continue;
      const key = wrappedBy(to, owner, opened);
      const next = { ...key, made: entry.made, replaces: entry.seq };
      if (!(await this.#stream.write(owner, next, entry.seq))) continue;
      await this.#stream.overwrite(entry.seq);
      count += 1;
    }
    return count;
  }

  async close(): Promise<void> {
    this.#kept.clear();
    await this.#stream.close();
  }

  async #forgetWhatOthersDestroyed(): Promise<void> {
    const { seq, master } = await this.#stream.newestTold();
    if (seq !== this.#seen) this.#kept.clear();
    this.#seen = seq;
    this.#current = master;
  }

  /** Kinds are asked after their owners, so that a key that came too late is never used. */
  async #look(owners: readonly string[]): Promise<Keys> {
    const seen = this.#seen;
    const known = new Map<string, Kept>();
    for (const owner of owners) {
      const kept = this.#kept.get(owner);
      if (kept) known.set(owner, kept);
    }
    const unknown = owners.filter((owner) => !known.has(owner));
    const kinds = unknown.map(kindOf).filter((kind) => kind !== undefined);
    const found = new Map<string, Entry>();
    for (const names of [new Set(unknown), new Set(kinds)])
      await each([...names], async (name) => {
        const entry = await this.#stream.last(name);
        if (entry) found.set(name, entry);
      });
    for (const owner of unknown) {
      const entry = found.get(kindOf(owner) ?? "") ?? found.get(owner);
      const state = entry && this.#stateIn(owner, entry);
      if (state) known.set(owner, { state, seq: entry.seq });
    }
    this.#keep(known, unknown, seen);
    return new Map([...known].map(([owner, { state }]) => [owner, state]));
  }

  /** Not what was read before a destruction of which another caller has heard meanwhile. */
  #keep(known: ReadonlyMap<string, Kept>, owners: readonly string[], seen: number): void {
    if (seen !== this.#seen) return;
    if (this.#kept.size + owners.length > mostKept) this.#kept.clear();
    for (const owner of owners) {
      const kept = known.get(owner);
      if (kept) this.#kept.set(owner, kept);
    }
  }

  /** Undefined for a key that this key-encryption key does not open. */
  #stateIn(owner: string, entry: Entry): KeyState | undefined {
    if (entry.wrapped === undefined) return "destroyed";
    return unwrapped(this.#master, owner, boxOf(entry.wrapped));
  }

  #stateOf(owner: string, entry: Entry): KeyState {
    if (entry.wrapped === undefined) return "destroyed";
    const { unwrap } = wrappingAs(this.#master, { by: entry.master, place: keysStream });
    return unwrap(owner, boxOf(entry.wrapped));
  }

  /** Whether every process has been told that it is. */
  #isGoneForAll(owner: string): boolean {
    const kept = this.#kept.get(owner);
    return kept?.state === "destroyed" && kept.seq < this.#seen;
  }

  /** Puts names in the place of keys, which are returned, still to be overwritten. */
  async #bury(owners: readonly string[], at: string): Promise<Entry[]> {
    const gone: Entry[] = [];
    await each(owners, async (owner) => {
      for (;;) {
        const entry = await this.#stream.last(owner);
        if (entry && entry.wrapped === undefined) return;
        const former = entry ? { made: entry.made, replaces: entry.seq } : { made: at };
        if (!(await this.#stream.write(owner, { destroyed: at, ...former }, entry?.seq ?? 0)))
          continue;
        if (entry) gone.push(entry);
        return;
      }
    });
    return gone;
  }

  async #finish(gone: readonly Entry[], at: string): Promise<void> {
    const master = this.#current;
    await this.#stream.tell({ at, ...(master !== undefined && { master }) });
    await this.#forgetWhatOthersDestroyed();
    await each(gone, ({ seq }) => this.#stream.overwrite(seq));
  }
}

const boxOf = (wrapped: string): Buffer => Buffer.from(wrapped, "base64");

const wrappedBy = (master: MasterKey, owner: string, key: Buffer) => ({
  wrapped: master.wrap(owner, key).toString("base64"),
  master: master.id,
});

const rowOf = (owner: string, { made, ...entry }: Entry): KeyRow =>
  entry.wrapped === undefined
    ? { owner, made, wrapped: null, master: null, destroyed: entry.destroyed }
    : { owner, made, wrapped: boxOf(entry.wrapped), master: entry.master, destroyed: null };

const guarded = <T>(work: () => Promise<T>): Promise<T> =>
  work().catch((error: unknown) => {
    throw faultOf(error);
  });

/** So many at a time that the wire is busy and the server is not flooded. */
const atOnce = 64;

const each = async <T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> => {
  for (let from = 0; from < all.length; from += atOnce)
    await Promise.all(all.slice(from, from + atOnce).map(work));
};
