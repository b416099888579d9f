/**
 * Who works with the keys in NATS just now, and under which key-encryption keys: asked before these
 * are exchanged, so that nobody is left who opens nothing afterwards.
 */
import { hostname } from "node:os";

import { errors, type NatsConnection } from "@nats-io/transport-node";

const subject = "assay.key-holders";

export type Holder = {
  /** The process and its machine. */
  readonly name: string;
  /** The key-encryption keys that it opens with, by their ids. */
  readonly accepts: readonly string[];
};

/** In milliseconds, from the last answer on. */
const silence = 500;
const longest = 3_000;

/** Answers for as long as the connection lasts. */
export const answerAsHolder = (
  connection: NatsConnection,
  { name, accepts }: { readonly name: string; readonly accepts: () => readonly string[] },
): void => {
  connection.subscribe(subject, {
    callback: (error, message) => {
      if (error) return;
      const holder: Holder = { name: `${name} on ${hostname()}`, accepts: accepts() };
      message.respond(JSON.stringify(holder));
    },
  });
};

export const holdersNow = async (connection: NatsConnection): Promise<readonly Holder[]> => {
  const found: Holder[] = [];
  try {
    const options = { strategy: "stall", stall: silence, maxWait: longest } as const;
    for await (const answer of await connection.requestMany(subject, "", options))
      found.push(answer.json<Holder>());
  } catch (error) {
    if (!(error instanceof errors.NoRespondersError)) throw error;
  }
  return found;
};
