/**
 * Examines and sets reports in a thread of its own, with a limit of time and of memory: whatever
 * somebody writes, nothing else waits for it. What goes beyond a limit is answered as a finding.
 */
import { Worker } from "node:worker_threads";

import type { ReportAnswer, ReportQuestion } from "@assay/domain/publication/checks.ts";

import type { Publisher } from "./metadata.ts";
import type { ReportModel } from "./model.ts";

type TypesetterOptions = {
  readonly publisher: Publisher;
  /** Milliseconds for one answer; default 20,000. */
  readonly patience?: number;
  /** Mebibytes for what JavaScript keeps; default 512. */
  readonly memory?: number;
};

export type Typesetter = {
  readonly examine: (question: ReportQuestion) => Promise<ReportAnswer>;
  /** The report as PDF, or why it cannot be set. */
  readonly pdf: (model: ReportModel) => Promise<Uint8Array | { readonly problem: string }>;
};

/** What the thread is asked. */
export type Work = ReportQuestion | { readonly kind: "pdf"; readonly model: ReportModel };

/** What the thread sends back: the answer, or what went wrong that is no fault of the words. */
export type Worked =
  | { readonly answer: ReportAnswer }
  | { readonly pdf: Uint8Array }
  | { readonly failed: string };

/** One question at a time; the thread starts with the first and ends with the process. */
export const openTypesetter = (options: TypesetterOptions): Typesetter => {
  let last: Promise<unknown> = Promise.resolve();
  let thread: Worker | undefined;
  const now = async (work: Work): Promise<Exclude<Worked, { failed: string }>> => {
    thread ??= start(options);
    const { spent, ...found } = await ask(thread, work, options.patience ?? 20_000);
    if (spent) {
      void thread.terminate();
      thread = undefined;
    }
    return found;
  };
  const inTurn = (work: Work) => {
    const next = last.then(() => now(work));
    last = next.catch(() => undefined);
    return next;
  };
  return {
    examine: async (question) => {
      const found = await inTurn(question);
      return "answer" in found ? found.answer : { findings: [] };
    },
    pdf: async (model) => {
      const found = await inTurn({ kind: "pdf", model });
      if ("pdf" in found) return found.pdf;
      return { problem: found.answer.findings.map(({ problem }) => problem).join(" ") };
    },
  };
};

const start = ({ publisher, memory = 512 }: TypesetterOptions): Worker => {
  const thread = new Worker(new URL("./typesetter-thread.ts", import.meta.url), {
    workerData: publisher,
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  // Between two questions nobody else listens, and an error without a listener ends the process.
  thread.on("error", () => undefined);
  thread.unref();
  return thread;
};

type Found = Exclude<Worked, { failed: string }> & { readonly spent: boolean };

const ask = (thread: Worker, work: Work, patience: number): Promise<Found> =>
  new Promise((resolve, reject) => {
    const over = (problem: string): void =>
      done(() =>
        resolve({ answer: { findings: [{ place: "The report", problem }] }, spent: true }),
      );
    const timer = setTimeout(
      () => over("It takes too long to set. Shorten it, or divide its lists and tables."),
      patience,
    );
    const heard = (worked: Worked): void =>
      done(() =>
        "failed" in worked
          ? reject(new Error(worked.failed))
          : resolve({ ...worked, spent: false }),
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
    thread.postMessage(work);
  });
