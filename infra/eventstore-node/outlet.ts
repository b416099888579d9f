/**
 * One call that streams answers. It waits for the client to keep up, and it ends when the client
 * goes away or the node shuts down.
 */
import type { ServerWritableStream } from "@grpc/grpc-js";

import { type CallFault, faultOf } from "./faults.ts";

export class Outlet {
  readonly signal: AbortSignal;
  readonly #call: ServerWritableStream<unknown, Buffer>;
  readonly #abort = new AbortController();
  #full = false;
  #drained: (() => void) | undefined;

  constructor(call: ServerWritableStream<unknown, Buffer>) {
    this.#call = call;
    this.signal = this.#abort.signal;
    call.on("cancelled", () => this.#close());
    call.on("error", () => this.#close());
    call.on("drain", () => this.#release());
  }

  get closed(): boolean {
    return this.signal.aborted;
  }

  /** Whether the client has not taken what was sent. */
  get full(): boolean {
    return this.#full;
  }

  send(response: Buffer): void {
    if (!this.closed && !this.#call.write(response)) this.#full = true;
  }

  /** Resolves when more may be sent, and not before others have had their turn. */
  ready(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#full && !this.closed) this.#drained = resolve;
      else setImmediate(resolve);
    });
  }

  end(): void {
    if (!this.closed) this.#call.end();
  }

  fail(error: unknown): void {
    if (this.closed) return;
    const fault: CallFault = faultOf(error);
    this.#call.emit("error", fault);
    this.#close();
  }

  #close(): void {
    this.#abort.abort();
    this.#release();
  }

  #release(): void {
    this.#full = false;
    this.#drained?.();
    this.#drained = undefined;
  }
}
