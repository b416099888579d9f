/**
 * A story's time over NATS, for development: one teller says what time it is, and says it again and
 * again, so that whoever missed it, started late or was cut off learns it a moment later.
 */
import { Instant } from "@assay/domain/kernel/instants.ts";
import { z } from "zod";

import { closeNats, connectNats } from "./nats-connection.ts";
import type { NatsOptions } from "./nats-options.ts";

const subject = "assay.story.clock";
const Told = z.strictObject({ now: Instant });

/** How often the time is said again, in milliseconds. */
const repetition = 100;

export type TimeTeller = {
  tell(now: Instant): void;
  close(): Promise<void>;
};

export const openTimeTeller = async (options: NatsOptions): Promise<TimeTeller> => {
  const connection = await connectNats(options);
  let latest: string | undefined;
  const say = (): void => {
    if (latest !== undefined && !connection.isClosed()) connection.publish(subject, latest);
  };
  const timer = setInterval(say, repetition);
  return {
    tell: (now) => {
      latest = JSON.stringify({ now });
      say();
    },
    close: async () => {
      clearInterval(timer);
      await closeNats(connection);
    },
  };
};

/** Hands on each time that is told, in order, repetitions included. */
export const hearTime = async (
  options: NatsOptions,
  heard: (now: Instant) => void,
): Promise<{ close(): Promise<void> }> => {
  const connection = await connectNats(options);
  connection.subscribe(subject, {
    callback: (error, message) => {
      const told = error === null ? Told.safeParse(parsed(message.string())) : undefined;
      if (told?.success) heard(told.data.now);
    },
  });
  await connection.flush();
  return { close: () => closeNats(connection) };
};

/** What is no JSON is nobody's time. */
const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
