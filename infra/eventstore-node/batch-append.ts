/**
 * The batch append: many appends on one call, each answered by its correlation id when it is
 * durable, in whatever order that happens.
 */
import { append, type Append } from "@assay/store/engine/commands.ts";
import type { Engine } from "@assay/store/engine/engine.ts";
import type { Entry } from "@assay/store/engine/writer.ts";
import type { BatchAppendReq } from "@eventstore/db-client/generated/streams_pb.js";
import { type ServerDuplexStream, status } from "@grpc/grpc-js";

import type { Access } from "./access.ts";
import { faultOf } from "./faults.ts";
import { expectationOf, idOf, maxAppendSize, nameOf, proposedOf } from "./proposals.ts";
import { type BatchFailure, batchAppended, batchFailed, type BatchKey } from "./responses.ts";
import { text } from "./wire.ts";

type Call = ServerDuplexStream<BatchAppendReq, Buffer>;

type Pending = BatchKey & {
  readonly expected: Append["expected"];
  /** Milliseconds since 1970. */
  readonly deadline: number;
  readonly entries: Entry[];
  size: number;
};

/** `access` is asked at each append: who leads may have changed since the call began. */
export const handleBatchAppend = (engine: Engine, call: Call, access: Access): void => {
  const batch = new Batch(engine, call, access);
  call.on("data", (request: BatchAppendReq) => batch.take(request));
  call.on("end", () => batch.finish());
  // A client that goes away takes nothing with it: what was complete is appended all the same.
  call.on("error", () => undefined);
};

class Batch {
  readonly #engine: Engine;
  readonly #call: Call;
  readonly #pending = new Map<string, Pending>();
  #underWay = 0;
  readonly #access: Access;
  #ended = false;

  constructor(engine: Engine, call: Call, access: Access) {
    this.#engine = engine;
    this.#call = call;
    this.#access = access;
  }

  take(request: BatchAppendReq): void {
    try {
      this.#take(idOf(request.getCorrelationId()), request);
    } catch (error) {
      this.#call.emit("error", faultOf(error));
    }
  }

  #take(id: string, request: BatchAppendReq): void {
    try {
      const options = request.getOptions();
      if (options) this.#pending.set(id, pendingOf(id, options));
      const pending = this.#pending.get(id);
      if (!pending) return;
      const denied = this.#access(this.#call.metadata);
      // Another leads: that ends the whole call, with everything on it.
      if (denied?.code === status.NOT_FOUND) return void this.#call.emit("error", denied);
      if (denied) return this.#fail(id, pending, { kind: "not-ready" });
      const failure = this.#add(pending, request);
      if (failure) this.#fail(id, pending, failure);
      else if (request.getIsFinal()) this.#append(id, pending);
    } catch (error) {
      const { details } = faultOf(error);
      const key = this.#pending.get(id) ?? { correlation: text(2, id), stream: "" };
      this.#fail(id, key, { kind: "bad-request", message: details });
    }
  }

  finish(): void {
    this.#ended = true;
    if (this.#underWay === 0) this.#call.end();
  }

  #add(pending: Pending, request: BatchAppendReq): BatchFailure | undefined {
    if (Date.now() > pending.deadline) return { kind: "timeout" };
    for (const message of request.getProposedMessagesList()) {
      const { entry, size } = proposedOf(message);
      pending.size += size;
      if (pending.size > maxAppendSize) return { kind: "too-large", most: maxAppendSize };
      pending.entries.push(entry);
    }
    return undefined;
  }

  #fail(id: string, key: BatchKey, failure: BatchFailure): void {
    this.#pending.delete(id);
    this.#call.write(batchFailed(key, failure));
  }

  #append(id: string, pending: Pending): void {
    this.#pending.delete(id);
    this.#underWay += 1;
    void this.#store(pending)
      .catch((error: unknown): Buffer => batchFailed(pending, failureOf(error)))
      .then((response) => {
        this.#underWay -= 1;
        this.#call.write(response);
        if (this.#ended) this.finish();
      });
  }

  async #store(pending: Pending): Promise<Buffer> {
    const { stream, expected, entries } = pending;
    const asked = { stream, expected, entries, now: this.#engine.now() };
    const outcome = await this.#engine.change((writer) => append(writer, asked));
    switch (outcome.kind) {
      case "done":
        return batchAppended(pending, outcome);
      case "conflict":
        return batchFailed(pending, { ...outcome, expected });
      case "deleted":
        return batchFailed(pending, outcome);
    }
  }
}

/** What was not agreed on in time is told as a deadline that passed. */
const failureOf = (error: unknown): BatchFailure => {
  const { code, details } = faultOf(error);
  if (code === status.ABORTED) return { kind: "timeout" };
  if (code === status.UNAVAILABLE) return { kind: "not-ready" };
  return { kind: "unknown", message: details };
};

const pendingOf = (id: string, options: BatchAppendReq.Options): Pending => ({
  correlation: text(2, id),
  stream: nameOf(options.getStreamIdentifier()),
  expected: expectationOf(
    options,
    options.hasStreamPosition() ? options.getStreamPosition() : undefined,
  ),
  deadline: options.getDeadline()?.toDate().getTime() ?? Infinity,
  entries: [],
  size: 0,
});
