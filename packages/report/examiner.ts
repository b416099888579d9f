/**
 * Examines reports in a thread of its own, with a limit of time and of memory: whatever somebody
 * writes, nothing else waits for it. What goes beyond a limit is answered as a finding.
 */
import { Worker } from "node:worker_threads";

import type { ReportAnswer, ReportQuestion } from "@assay/domain/publication/checks.ts";

import type { Publisher } from "./metadata.ts";

export type Examining = {
  readonly publisher: Publisher;
  /** Milliseconds for one answer; default 20,000. */
  readonly patience?: number;
  /** Mebibytes for what JavaScript keeps; default 512. */
  readonly memory?: number;
};

export type Examiner = (question: ReportQuestion) => Promise<ReportAnswer>;

/** What the thread sends back: the answer, or what went wrong that is no fault of the words. */
export type Examined = { readonly answer: ReportAnswer } | { readonly failed: string };

/** One question at a time; the thread starts with the first and ends with the process. */
export const openExaminer = (examining: Examining): Examiner => {
  let last: Promise<unknown> = Promise.resolve();
  let thread: Worker | undefined;
  const answer = async (question: ReportQuestion): Promise<ReportAnswer> => {
    thread ??= start(examining);
    const { answer: found, spent } = await ask(thread, question, examining.patience ?? 20_000);
    if (spent) {
      void thread.terminate();
      thread = undefined;
    }
    return found;
  };
  return (question) => {
    const next = last.then(() => answer(question));
    last = next.catch(() => undefined);
    return next;
  };
};

const start = ({ publisher, memory = 512 }: Examining): Worker => {
  const thread = new Worker(new URL("./examiner-thread.ts", import.meta.url), {
    workerData: publisher,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  // An error between questions, which nobody waits for, must not end the process.
  thread.on("error", () => undefined);
  thread.unref();
  // Between two questions nobody else listens, and an error without a listener ends the process.
  thread.on("error", () => undefined);
  return thread;
};

type Found = { readonly answer: ReportAnswer; readonly spent: boolean };

const ask = (thread: Worker, question: ReportQuestion, patience: number): Promise<Found> =>
  new Promise((resolve, reject) => {
    const over = (problem: string): void =>
      done(() =>
        resolve({ answer: { findings: [{ place: "The report", problem }] }, spent: true }),
      );
    const timer = setTimeout(
      () => over("It takes too long to set. Shorten it, or divide its lists and tables."),
      patience,
    );
    const heard = (examined: Examined): void =>
      done(() =>
        "answer" in examined
          ? resolve({ answer: examined.answer, spent: false })
          : reject(new Error(examined.failed)),
      );
    const broke = (): void =>
      over("It needs too much memory to set. Shorten it, or divide its lists and tables.");
    const done = (settle: () => void): void => {
      clearTimeout(timer);
      thread.off("message", heard).off("error", broke).off("exit", broke);
      thread.unref();
      settle();
    };
    thread.ref();
    thread.on("message", heard).on("error", broke).on("exit", broke);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
    thread.postMessage(question);
  });
