/** The process in which reports are examined and set: a question in, its answer out. */
import { examine, pdfOf } from "./examine.ts";
import type { Publisher } from "./metadata.ts";
import type { Work, Worked } from "./typesetter.ts";

const publisher = JSON.parse(process.argv[2] ?? "{}") as Publisher;

const answerTo = (work: Work): Worked => {
  try {
    return work.kind === "pdf"
      ? pdfOf(work.model, publisher)
      : { answer: examine(work, publisher) };
  } catch (error) {
    return { failed: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
};

process.on("message", (work: Work) => {
  process.send?.(answerTo(work));
});
// A signal to the whole group is for the parent, which may still want an answer as it ends.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);
process.on("disconnect", () => process.exit());
