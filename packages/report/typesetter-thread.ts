/** The thread in which reports are examined and set: a question in, its answer out. */
import { parentPort, workerData } from "node:worker_threads";

import { examine, pdfOf } from "./examine.ts";
import type { Publisher } from "./metadata.ts";
import type { Work, Worked } from "./typesetter.ts";

const publisher = workerData as Publisher;

const answerTo = (work: Work): Worked => {
  try {
    return work.kind === "pdf"
      ? pdfOf(work.model, publisher)
      : { answer: examine(work, publisher) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

parentPort?.on("message", (work: Work) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
  parentPort?.postMessage(answerTo(work));
});
