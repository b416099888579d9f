/** Calls as they go over the wire, without the official client, and all that comes back. */
import { randomUUID } from "node:crypto";
import { createRequire } from "node:module";

import shared from "@eventstore/db-client/generated/shared_pb.js";
import { StreamsClient } from "@eventstore/db-client/generated/streams_grpc_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";
import type { ServiceError } from "@grpc/grpc-js";

import { type Wire, wireTo } from "./named-server.ts";

type Moment = NonNullable<ReturnType<streams.BatchAppendReq.Options["getDeadline"]>>;
type Timestamps = { readonly Timestamp: { fromDate(moment: Date): Moment } };

/** The one that the client itself depends on. */
const { Timestamp } = createRequire(import.meta.resolve("@eventstore/db-client"))(
  "google-protobuf/google/protobuf/timestamp_pb.js",
) as Timestamps;

const { AppendReq, BatchAppendReq, DeleteReq, ReadReq, TombstoneReq } = streams;

export type Answer<Message> = {
  readonly messages: Message[];
  /** What the call ended with; undefined for OK, or while it goes on. */
  readonly fault: { code: number; details: string; trailers: Record<string, unknown> } | undefined;
};

export type Expected = number | "none" | "any" | "exists" | "nothing";

export type Event = {
  readonly id?: string;
  readonly type?: string;
  readonly contentType?: string;
  readonly data?: string;
};

const empty = () => new shared.Empty();

const nameOf = (stream: string) => {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream).toString("base64"));
  return identifier;
};

const uuidOf = (id: string) => {
  const uuid = new shared.UUID();
  uuid.setString(id);
  return uuid;
};

const faultIn = ({ code, details, metadata }: ServiceError) => ({
  ...{ code, details, trailers: metadata.getMap() },
});

type ReadOptions = InstanceType<typeof ReadReq.Options>;

const requestWith = (fill: (options: ReadOptions) => void) => {
  const options = new ReadReq.Options();
  options.setReadDirection(ReadReq.Options.ReadDirection.FORWARDS);
  options.setCount("100");
  const form = new ReadReq.Options.UUIDOption();
  form.setString(empty());
  options.setUuidOption(form);
  options.setNoFilter(empty());
  fill(options);
  const request = new ReadReq();
  request.setOptions(options);
  return request;
};

type Proposed =
  | InstanceType<typeof AppendReq.ProposedMessage>
  | InstanceType<typeof BatchAppendReq.ProposedMessage>;

const filled = <Message extends Proposed>(message: Message, event: Event): Message => {
  message.setId(uuidOf(event.id ?? randomUUID()));
  if (event.type !== undefined) message.getMetadataMap().set("type", event.type);
  message.getMetadataMap().set("content-type", event.contentType ?? "application/json");
  message.setData(Buffer.from(event.data ?? "{}").toString("base64"));
  return message;
};

export class Raw {
  readonly #client: StreamsClient;
  readonly #metadata: Wire["metadata"];

  /** Of several hosts the first is called. */
  constructor(url: string) {
    const limits = { "grpc.max_send_message_length": 64 * 1024 * 1024 };
    const { address, credentials, metadata } = wireTo(url);
    this.#client = new StreamsClient(address, credentials, limits);
    this.#metadata = metadata;
  }

  append(stream: string, events: readonly Event[], expected: Expected) {
    return new Promise<Answer<streams.AppendResp>>((resolve) => {
      const call = this.#client.append(this.#metadata(), (error, response) =>
        resolve({
          messages: response ? [response] : [],
          fault: error ? faultIn(error) : undefined,
        }),
      );
      call.on("error", () => undefined);
      const options = new AppendReq.Options();
      options.setStreamIdentifier(nameOf(stream));
      if (typeof expected === "number") options.setRevision(String(expected));
      else if (expected === "none") options.setNoStream(empty());
      else if (expected === "any") options.setAny(empty());
      else if (expected === "exists") options.setStreamExists(empty());
      const head = new AppendReq();
      head.setOptions(options);
      call.write(head);
      for (const event of events) {
        const request = new AppendReq();
        request.setProposedMessage(filled(new AppendReq.ProposedMessage(), event));
        call.write(request);
      }
      call.end();
    });
  }

  /** Each append on one call, one after the other; the answers in their order. */
  async batch(
    appends: readonly {
      readonly stream: string;
      readonly events: readonly Event[];
      readonly expected: Exclude<Expected, "nothing">;
      /** In milliseconds from now. */
      readonly deadline?: number;
    }[],
    {
      requiresLeader = false,
      between = () => Promise.resolve(),
    }: { readonly requiresLeader?: boolean; readonly between?: () => Promise<void> } = {},
  ): Promise<streams.BatchAppendResp[]> {
    const metadata = this.#metadata();
    if (requiresLeader) metadata.set("requires-leader", "true");
    const call = this.#client.batchAppend(metadata);
    const answers: streams.BatchAppendResp[] = [];
    for (const { stream, events, expected, deadline } of appends) {
      if (answers.length > 0) await between();
      const request = new BatchAppendReq();
      request.setCorrelationId(uuidOf(randomUUID()));
      const options = new BatchAppendReq.Options();
      options.setStreamIdentifier(nameOf(stream));
      if (typeof expected === "number") options.setStreamPosition(String(expected));
      else if (expected === "none") options.setNoStream(empty());
      else if (expected === "any") options.setAny(empty());
      else options.setStreamExists(empty());
      if (deadline !== undefined) {
        options.setDeadline(Timestamp.fromDate(new Date(Date.now() + deadline)));
      }
      request.setOptions(options);
      for (const event of events)
        request.addProposedMessages(filled(new BatchAppendReq.ProposedMessage(), event));
      request.setIsFinal(true);
      const answered = new Promise<streams.BatchAppendResp>((resolve, reject) => {
        call.once("data", resolve);
        call.once("error", (error: ServiceError) => reject(Object.assign(error, faultIn(error))));
      });
      call.write(request);
      answers.push(await answered);
    }
    call.end();
    return answers;
  }

  /** Until the call ends, or until `enough` says so of what has come. */
  read(
    fill: (options: ReadOptions) => void,
    enough: (messages: readonly streams.ReadResp[]) => boolean = () => false,
  ) {
    const call = this.#client.read(requestWith(fill), this.#metadata());
    const messages: streams.ReadResp[] = [];
    return new Promise<Answer<streams.ReadResp>>((resolve) => {
      call.on("data", (message: streams.ReadResp) => {
        messages.push(message);
        if (!enough(messages)) return;
        resolve({ messages, fault: undefined });
        call.cancel();
      });
      call.on("error", (error: ServiceError) => resolve({ messages, fault: faultIn(error) }));
      call.on("end", () => setImmediate(() => resolve({ messages, fault: undefined })));
    });
  }

  /** A reader that takes the first two messages and then nothing until it asks how it ended. */
  slow(fill: (options: ReadOptions) => void) {
    const call = this.#client.read(requestWith(fill), this.#metadata());
    const ended = new Promise<Answer<never>["fault"]>((resolve) => {
      call.on("error", (error: ServiceError) => resolve(faultIn(error)));
    });
    let heard = 0;
    const confirmed = new Promise<void>((resolve) => {
      call.on("data", () => {
        heard += 1;
        if (heard !== 2) return;
        call.pause();
        resolve();
      });
    });
    const fault = () => {
      call.resume();
      return ended;
    };
    return { confirmed, fault };
  }

  remove(how: "delete" | "tombstone", stream: string) {
    const Request = how === "delete" ? DeleteReq : TombstoneReq;
    const options = new Request.Options();
    options.setStreamIdentifier(nameOf(stream));
    options.setAny(empty());
    const request = new Request();
    request.setOptions(options);
    return new Promise<Answer<unknown>>((resolve) => {
      this.#client[how](request, this.#metadata(), (error, response) =>
        resolve({
          messages: response ? [response] : [],
          fault: error ? faultIn(error) : undefined,
        }),
      );
    });
  }

  close(): void {
    this.#client.close();
  }
}

export const ofStream =
  (stream: string, from: number | "start" | "end" = "start") =>
  (options: ReadOptions): void => {
    const asked = new ReadReq.Options.StreamOptions();
    asked.setStreamIdentifier(nameOf(stream));
    if (typeof from === "number") asked.setRevision(String(from));
    else if (from === "end") asked.setEnd(empty());
    else asked.setStart(empty());
    options.setStream(asked);
  };

export const ofAll =
  (from: readonly [commit: bigint, prepare: bigint] | "start" = "start") =>
  (options: ReadOptions): void => {
    const asked = new ReadReq.Options.AllOptions();
    if (from === "start") asked.setStart(empty());
    else {
      const position = new ReadReq.Options.Position();
      position.setCommitPosition(String(from[0]));
      position.setPreparePosition(String(from[1]));
      asked.setPosition(position);
    }
    options.setAll(asked);
  };

export const subscribing = (options: ReadOptions): void => {
  options.setSubscription(new ReadReq.Options.SubscriptionOptions());
};

/** Only streams that begin so; the server looks at 32 events at a time and tells after each. */
export const filtered =
  (prefix: string) =>
  (options: ReadOptions): void => {
    const filter = new ReadReq.Options.FilterOptions();
    const expression = new ReadReq.Options.FilterOptions.Expression();
    expression.addPrefix(prefix);
    filter.setStreamIdentifier(expression);
    filter.setMax(32);
    filter.setCheckpointintervalmultiplier(1);
    options.clearNoFilter();
    options.setFilter(filter);
  };

/** That the client knows what version 21 and later tell it. */
export const knowing21 = (options: ReadOptions): void => {
  const control = new ReadReq.Options.ControlOption();
  control.setCompatibility(21);
  options.setControlOption(control);
};
