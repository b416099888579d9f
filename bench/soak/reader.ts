/** Somebody who reads the console from a thread of their own, so that they wait as people do. */
import { once } from "node:events";
import { Worker } from "node:worker_threads";

export type Reader = {
  /** From now on they look at this one too. */
  know(inspection: string): void;
  /** Milliseconds that each page took since they were last taken. */
  take(): readonly number[];
  /** Throws when a page was not as it should be. */
  assertWell(): void;
  close(): Promise<void>;
};

export const openReader = async (origin: string): Promise<Reader> => {
  const thread = new Worker(new URL("reader-thread.ts", import.meta.url), { workerData: origin });
  const times: number[] = [];
  let failed: unknown;
  thread.on("message", (time: number) => times.push(time));
  thread.on("error", (error) => (failed = error));
  await once(thread, "online");
  return {
    know: (inspection) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
      thread.postMessage(inspection);
    },
    take: () => times.splice(0),
    assertWell: () => {
      if (failed) throw new Error("a page could not be read", { cause: failed });
    },
    close: async () => void (await thread.terminate()),
  };
};
