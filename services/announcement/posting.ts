/**
 * Sends letters beside everything else: several at once, one at a time to each recipient, again
 * after waits that grow. A mail server that is down or slow holds up nothing but letters.
 */
import type { Database } from "@assay/host/database.ts";
import type { Beside } from "@assay/host/definition.ts";
import { codeOf, pause } from "@assay/host/fault.ts";
import type { Log } from "@assay/host/log.ts";
import type { Metrics } from "@assay/host/metrics.ts";

import { type Letter, letterStates, lettersIn, mailServerIn, type NewLetter } from "./letters.ts";
import { MailFault } from "./mail.ts";

export type Outcome = "delivered" | "no-address" | "refused" | "over";

export type PostingOptions = {
  readonly database: Database;
  readonly log: Pick<Log, "warn" | "info">;
  /** Undefined: it was settled meanwhile, or is no more. Throws `MailFault`. */
  readonly send: (letter: Letter) => Promise<Outcome | undefined>;
  /**
   * Has the letter be this process's for so many milliseconds; else answers when the claim of
   * another replica lapses. Without it there is no other.
   */
  readonly claim?: (letter: Letter, milliseconds: number) => Promise<number | undefined>;
  /** Records what became of it; throws while that cannot be recorded. */
  readonly settle: (letter: Letter, outcome: Outcome) => Promise<void>;
  /** In milliseconds, for each failure in a row; the last one counts for ever. */
  readonly waits?: readonly number[];
  /** How often it looks for letters that somebody else let go, in milliseconds. */
  readonly look?: number;
};

export type Posting = Required<Beside> & {
  post(letter: NewLetter): void;
};

const minute = 60_000;
/** Greylisting wants minutes; a server that is away for a night, hours. */
const usualWaits = [1, 5, 15, 60, 120, 240].map((minutes) => minutes * minute);
/** A letter that may have been taken is not repeated before that. */
const unsureWait = 60 * minute;
const atOnce = 4;
/** How long a stop waits for letters that are going out. */
const patience = 5_000;

export const createPosting = (options: PostingOptions): Posting => {
  const posting = new Post(options);
  posting.pump();
  return posting;
};

class Post implements Posting {
  readonly #options: PostingOptions;
  readonly #waits: readonly number[];
  readonly #underWay = new Map<string, { readonly to: string; readonly done: Promise<void> }>();
  readonly #looking: NodeJS.Timeout;
  #open = true;

  constructor(options: PostingOptions) {
    this.#options = options;
    this.#waits = options.waits ?? usualWaits;
    // Its process ended while they were going out: whether they were taken nobody knows.
    this.#run(
      "update letter set state = 'unsure', next = ?, why = ? where state = 'sending'",
      ...[Date.now() + this.#unsure, "stopped while it was going out"],
    );
    this.#looking = setInterval(() => this.pump(), options.look ?? 5_000);
    this.#looking.unref();
  }

  post({ id, stream, event, recipient }: NewLetter): void {
    this.#run(
      "insert or ignore into letter values (?, ?, ?, ?, 'waiting', 0, 0, '', '')",
      ...[id, stream, event, recipient],
    );
    this.pump();
  }

  async close(): Promise<void> {
    this.#open = false;
    clearInterval(this.#looking);
    const done = Promise.all([...this.#underWay.values()].map((one) => one.done));
    await Promise.race([done, pause(patience)]);
    this.#options.database.close();
  }

  measure({ letters, mailFailures, mailTaken }: Metrics): void {
    const all = lettersIn(this.#options.database);
    for (const state of letterStates)
      letters.set({ state }, all.filter((letter) => letter.state === state).length);
    const { failures, taken } = this.#server();
    mailFailures.set(failures);
    mailTaken.set(taken / 1000);
  }

  neighbours(): Readonly<Record<string, string>> {
    const { failures, taken, code } = this.#server();
    const well = taken > 0 ? "ok" : "not asked yet";
    return { "mail server": failures > 0 ? code : well };
  }

  /** Starts what is due, within the limits. While the server fails, one letter tries it. */
  pump(): void {
    if (!this.#open) return;
    const now = Date.now();
    const { failures, until } = this.#server();
    if (until > now) return;
    const most = failures > 0 ? 1 : atOnce;
    for (const letter of lettersIn(this.#options.database)) {
      if (this.#underWay.size >= most) return;
      const { id, recipient: to, state, next } = letter;
      if (state === "failed" || next > now || this.#underWay.has(id)) continue;
      if ([...this.#underWay.values()].some((one) => one.to === to)) continue;
      const done = this.#attend(letter).finally(() => {
        this.#underWay.delete(id);
        this.pump();
      });
      this.#underWay.set(id, { to, done });
    }
  }

  async #attend(letter: Letter): Promise<void> {
    try {
      const isSettling = letter.state === "settling";
      const other = isSettling ? undefined : await this.#options.claim?.(letter, this.#unsure);
      if (other !== undefined) return this.#keep(letter, { next: other });
      const outcome = isSettling ? letter.outcome : await this.#send(letter);
      if (outcome === undefined) return this.#forget(letter);
      await this.#options.settle(letter, outcome as Outcome);
      if (outcome === "delivered" || outcome === "over") this.#forget(letter);
      else this.#keep(letter, { state: "failed", why: outcome, next: 0 });
    } catch (error) {
      if (this.#open) this.#failed(letter, error);
    }
  }

  async #send(letter: Letter): Promise<Outcome | undefined> {
    this.#keep(letter, { state: "sending" });
    const outcome = await this.#options.send(letter);
    const taken = outcome === "delivered" ? Date.now() : this.#server().taken;
    this.#run("update server set failures = 0, until = 0, taken = ?", taken);
    if (outcome !== undefined) this.#keep(letter, { state: "settling", outcome });
    return outcome;
  }

  #failed(letter: Letter, error: unknown): void {
    const { id } = letter;
    const attempts = letter.attempts + 1;
    const why = error instanceof Error ? error.message : String(error);
    const ofServer = error instanceof MailFault && error.concerns === "server";
    const unsure = error instanceof MailFault && error.code === "mail-unsure";
    const wait = this.#wait(attempts);
    const next = Date.now() + (unsure ? Math.max(wait, this.#unsure) : wait);
    if (ofServer) this.#rest(error.code);
    const state = unsure ? "unsure" : this.#isSettling(id) ? "settling" : "waiting";
    // The server's trouble is counted there; the letter goes out as soon as that is mended.
    this.#keep(letter, ofServer ? { state, why } : { state, why, attempts, next });
    const again = new Date(ofServer ? this.#server().until : next).toISOString();
    this.#options.log.warn({ letter: id, code: codeOf(error), attempts, again }, why);
  }

  #rest(code: string): void {
    const failures = this.#server().failures + 1;
    const until = Date.now() + this.#wait(failures);
    this.#run("update server set failures = ?, until = ?, code = ?", failures, until, code);
  }

  #wait(failures: number): number {
    return this.#waits[Math.min(failures, this.#waits.length) - 1]!;
  }

  get #unsure(): number {
    return Math.min(unsureWait, this.#waits.at(-1)!);
  }

  #isSettling(id: string): boolean {
    const { sqlite } = this.#options.database;
    return (
      sqlite.prepare("select state from letter where id = ?").get(id)?.["state"] === "settling"
    );
  }

  #server() {
    return mailServerIn(this.#options.database);
  }

  #keep({ id }: Letter, change: Partial<Omit<Letter, "id">>): void {
    const names = Object.keys(change);
    const set = names.map((name) => `${name} = ?`).join(", ");
    this.#run(`update letter set ${set} where id = ?`, ...Object.values(change), id);
  }

  #forget({ id }: Letter): void {
    this.#run("delete from letter where id = ?", id);
  }

  #run(sql: string, ...values: readonly (string | number)[]): void {
    this.#options.database.sqlite.prepare(sql).run(...values);
  }
}
