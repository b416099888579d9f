/**
 * Files that services send, in JetStream: for replicas on several machines, with the same promise
 * as facts. A file is named by its digest and cut into pieces; its last message says that it is
 * whole, and is written when the server has acknowledged all pieces.
 */
import { createHash } from "node:crypto";

import {
  jetstream,
  type JetStreamClient,
  type JetStreamManager,
  jetstreamManager,
} from "@nats-io/jetstream";
import { z } from "zod";

import { closeNats, connectNats } from "./nats-connection.ts";
import type { NatsOptions } from "./nats-options.ts";
import { failureOf } from "./nats-faults.ts";
import { madeWhereMissing } from "./nats-streams.ts";
import { BusFault } from "./port.ts";

export const filesStream = "ASSAY_FILES";

/** Bytes of a piece: a server takes messages of a megabyte. */
const piece = 256 * 1024;
/** So many pieces are on their way at the same time. */
const atOnce = 8;

const Whole = z.strictObject({ pieces: z.int().min(0), bytes: z.int().min(0) });

export type NatsFiles = {
  /** Durable once it resolves; answers with the SHA-256 of the content, hexadecimal. */
  keep(content: Uint8Array): Promise<string>;
  /** Undefined where it was never kept here. Throws where it is not what was kept. */
  read(digest: string): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
};

export const openNatsFiles = async (
  options: NatsOptions & { readonly replicas?: number },
): Promise<NatsFiles> => {
  const connection = await connectNats(options);
  try {
    const manager = await jetstreamManager(connection);
    await ensureStream(manager, options.replicas ?? 1);
    const means = { manager, client: jetstream(connection) };
    return {
      keep: (content) => faultless(() => keep(means, content)),
      read: (digest) => faultless(() => read(means, digest)),
      close: () => closeNats(connection),
    };
  } catch (cause) {
    await closeNats(connection);
    throw failureOf(cause, `the stream ${filesStream}`);
  }
};

type Means = { readonly manager: JetStreamManager; readonly client: JetStreamClient };

const ensureStream = (manager: JetStreamManager, replicas: number): Promise<void> =>
  madeWhereMissing(manager, {
    name: filesStream,
    subjects: ["assay.files.>"],
    num_replicas: replicas,
    // A file that is sent again replaces its own pieces by the same.
    max_msgs_per_subject: 1,
    // A copy that lags behind would not know yet what was acknowledged.
    allow_direct: false,
  });

const subjectOf = (digest: string, part: number | "whole"): string =>
  `assay.files.${digest}.${part}`;

const digestOf = (content: Uint8Array): string =>
  createHash("sha256").update(content).digest("hex");

const keep = async ({ manager, client }: Means, content: Uint8Array): Promise<string> => {
  const digest = digestOf(content);
  if ((await wholeOf(manager, digest)) !== undefined) return digest;
  const pieces = Math.ceil(content.length / piece);
  for (let from = 0; from < pieces; from += atOnce) {
    const together = Array.from({ length: Math.min(atOnce, pieces - from) }, (_, each) => {
      const part = from + each;
      const bytes = content.subarray(part * piece, (part + 1) * piece);
      return client.publish(subjectOf(digest, part), bytes);
    });
    await Promise.all(together);
  }
  const told = JSON.stringify({ pieces, bytes: content.length });
  await client.publish(subjectOf(digest, "whole"), told);
  return digest;
};

const read = async ({ manager }: Means, digest: string): Promise<Uint8Array | undefined> => {
  if (!/^[0-9a-f]{64}$/.test(digest)) return undefined;
  const whole = await wholeOf(manager, digest);
  if (whole === undefined) return undefined;
  const parts: Uint8Array[] = [];
  for (let part = 0; part < whole.pieces; part += 1) {
    const query = { last_by_subj: subjectOf(digest, part) };
    parts.push((await manager.streams.getMessage(filesStream, query))?.data ?? new Uint8Array());
  }
  const content = new Uint8Array(Buffer.concat(parts));
  if (digestOf(content) === digest) return content;
  const message = `the file ${digest} in NATS is not what was kept there`;
  throw new BusFault("handler-failed", message, { retry: false });
};

const wholeOf = async ({ streams }: JetStreamManager, digest: string) => {
  const message = await streams.getMessage(filesStream, {
    last_by_subj: subjectOf(digest, "whole"),
  });
  return message ? Whole.parse(message.json()) : undefined;
};

const faultless = async <Got>(work: () => Promise<Got>): Promise<Got> => {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof BusFault ? cause : failureOf(cause, `the stream ${filesStream}`);
  }
};
