/** The thread in which reports are examined: a question in, its answer out. */
import { parentPort, workerData } from "node:worker_threads";

import type { ReportQuestion } from "@assay/domain/publication/checks.ts";

import { examine } from "./examine.ts";
import type { Examined } from "./examiner.ts";
import type { Publisher } from "./metadata.ts";

const answerTo = (question: ReportQuestion): Examined => {
  try {
    return { answer: examine(question, workerData as Publisher) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

parentPort?.on("message", (question: ReportQuestion) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  parentPort?.postMessage(answerTo(question));
});
