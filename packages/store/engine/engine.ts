/**
 * The embedded event store: one writer, group commit. Whatever is asked while a commit is under way
 * or in one turn of the event loop shares the next transaction and its single fsync, each judged
 * for itself. An acknowledged change is on the disk.
 */
import type { DatabaseSync } from "node:sqlite";

import { interrupted, type Interruption } from "../interruption.ts";
import { StoreFault } from "../port.ts";
import { type OpenDatabase, openDatabase } from "./database.ts";
import { faultOf, guarded } from "./faults.ts";
import { Reader } from "./reader.ts";
import { Streams } from "./streams.ts";
import { Writer } from "./writer.ts";

export type EngineOptions = {
  /** The database's file; its folder is made when it is missing. */
  readonly path: string;
  /** The most that the file may grow to; beyond it, appends fail as on a full disk. */
  readonly maxBytes?: number;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
  readonly interrupt?: Interruption;
};

type Job = {
  readonly work: (writer: Writer) => unknown;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
};

/** A commit holds no more than this many, so that other work gets its turn in between. */
const largestGroup = 1000;

export const openEngine = (options: EngineOptions): Engine => {
  const open = openDatabase(options.path, options.maxBytes);
  try {
    return guarded(options.path, () => new Engine(options, open));
  } catch (error) {
    open.release();
    throw error;
  }
};

export class Engine {
  readonly reader: Reader;
  readonly streams: Streams;
  readonly now: () => number;
  readonly path: string;
  readonly #writer: Writer;
  readonly #database: DatabaseSync;
  readonly #release: () => void;
  readonly #committed: () => void;
  readonly #interrupt: Interruption | undefined;
  readonly #waiting = new Set<() => void>();
  #queue: Job[] = [];
  #closing: Promise<void> | undefined;

  constructor({ path, now = Date.now, interrupt }: EngineOptions, open: OpenDatabase) {
    this.path = path;
    this.now = now;
    this.#database = open.database;
    this.#release = open.release;
    this.#committed = once(open.committed);
    this.#interrupt = interrupt;
    this.streams = new Streams(open.database);
    this.reader = new Reader(open.database);
    this.#writer = new Writer(open.database, this.streams, this.reader.end());
  }

  /** The position of the last event, 0 when there is none. */
  get end(): number {
    return this.#writer.end;
  }

  /** Runs `work` in the next transaction and answers with its result once that is durable. */
  change<Result>(work: (writer: Writer) => Result): Promise<Result> {
    this.refuseClosed();
    return new Promise<Result>((resolve, reject) => {
      if (this.#queue.push({ work, resolve, reject }) === 1) setImmediate(() => this.#commit());
    });
  }

  /** Calls once when something was appended or the store closes; returns how to stop waiting. */
  wake(call: () => void): () => void {
    this.#waiting.add(call);
    return () => this.#waiting.delete(call);
  }

  refuseClosed(): void {
    if (this.#closing === undefined) return;
    throw new StoreFault("closed", `${this.path}: the store is closed`, { retry: false });
  }

  ping(): void {
    this.refuseClosed();
    guarded(this.path, () => this.reader.end());
  }

  /** Finishes what was asked, then gives the data up. */
  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      const finish = (): void => {
        if (this.#queue.length > 0) return void setImmediate(finish);
        this.#release();
        resolve();
        this.#wakeAll();
      };
      setImmediate(finish);
    });
    return this.#closing;
  }

  #commit(): void {
    const group = this.#queue.slice(0, largestGroup);
    this.#queue = this.#queue.slice(largestGroup);
    if (this.#queue.length > 0) setImmediate(() => this.#commit());
    const before = this.#writer.end;
    try {
      const results = this.#inTransaction(() => group.map(({ work }) => work(this.#writer)));
      if (this.#writer.end > before) this.#wakeAll();
      this.#reach("after");
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as never);
    } catch (error) {
      const fault = faultOf(this.path, error);
      for (const { reject } of group) reject(fault);
    }
  }

  #inTransaction<Result>(work: () => Result): Result {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#reach("before");
      this.#database.exec("COMMIT");
      this.#committed();
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      this.streams.forget();
      this.#writer.returnTo(this.reader.end());
      throw error;
    }
  }

  #reach(moment: "before" | "after"): void {
    try {
      this.#interrupt?.(moment);
    } catch (cause) {
      throw interrupted(cause);
    }
  }

  #wakeAll(): void {
    for (const call of this.#waiting) call();
  }
}

const once = (work: () => void): (() => void) => {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
};
