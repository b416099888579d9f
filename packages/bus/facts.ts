/**
 * Facts of public interest for other systems, on a JetStream stream: each at least once, and once
 * only within the window in which JetStream knows a message by its id. Words are never sent.
 */
import type { EventId } from "@assay/domain/kernel/ids.ts";
import { inspectionOf } from "@assay/domain/kernel/stream.ts";
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import { nanos, type NatsConnection } from "@nats-io/transport-node";

import { closeNats, connectNats } from "./nats-connection.ts";
import type { NatsOptions } from "./nats-options.ts";
import { failureOf, failureOfStream } from "./nats-faults.ts";
import { madeWhereMissing } from "./nats-streams.ts";

/** A stored event, as far as it is told. */
export type ToldFact = {
  readonly id: EventId | string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly data: { readonly [key: string]: unknown };
};

export type FactPublisher = {
  /** Resolves once JetStream has it; false when it had it already. */
  publish(fact: ToldFact): Promise<boolean>;
  close(): Promise<void>;
};

export type FactsOptions = NatsOptions & {
  /** How many servers of a cluster keep a copy, when the stream is made; default 1. */
  readonly replicas?: number;
};

export const factsStream = "ASSAY_FACTS";

/** Longer than a service is ever down without somebody coming to look. */
const window = nanos(24 * 60 * 60 * 1000);

export const openFactPublisher = async (options: FactsOptions): Promise<FactPublisher> => {
  const connection = await connectNats(options);
  try {
    await ensureStream(connection, options.replicas ?? 1);
  } catch (cause) {
    await closeNats(connection);
    throw failureOfStream(cause, `the stream ${factsStream}`);
  }
  const stream = jetstream(connection);
  return {
    publish: async (fact) => {
      const subject = subjectOf(fact);
      const { id, type, revision } = fact;
      const told = { id, type, stream: fact.stream, revision, data: withoutWords(fact.data) };
      const body = JSON.stringify(told);
      const publish = () => stream.publish(subject, body, { msgID: id });
      try {
        const stored = await publish().catch(async (cause: unknown) => {
          // Nobody answers for a subject of which no stream knows: it was lost meanwhile.
          if (failureOf(cause, subject).code !== "no-responders") throw cause;
          await ensureStream(connection, options.replicas ?? 1);
          return publish();
        });
        return !stored.duplicate;
      } catch (cause) {
        throw failureOf(cause, subject);
      }
    },
    close: () => closeNats(connection),
  };
};

const ensureStream = async (connection: NatsConnection, replicas: number): Promise<void> =>
  madeWhereMissing(await jetstreamManager(connection), {
    name: factsStream,
    subjects: ["assay.facts.>"],
    num_replicas: replicas,
    duplicate_window: window,
  });

/** `assay.facts.<type>.<inspection>`, so that others can listen for either. */
const subjectOf = ({ type, stream }: ToldFact): string =>
  `assay.facts.${type}.${inspectionOf(stream) ?? "programme"}`;

/** The same without what sits under `text`, at any depth: that is where words about people are. */
const withoutWords = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutWords);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== "text");
  return Object.fromEntries(kept.map(([key, held]) => [key, withoutWords(held)]));
};
