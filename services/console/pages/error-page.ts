/** What a person reads when there is no page to show, and what it means for what they did. */
import type { Answer } from "../http/answer.ts";
import type { Visit } from "./page.ts";

const errors: Readonly<Record<number, { title: string; lines: readonly string[] }>> = {
  400: { title: "That could not be read", lines: ["Go back and try again."] },
  403: {
    title: "That did not come from this page",
    lines: ["The form was sent from somewhere else, or is too old. Nothing was recorded."],
  },
  404: {
    title: "Page not found",
    lines: ["Check the address. What you look for may also not be for you to see."],
  },
  413: { title: "That is too large", lines: ["The file is larger than 8 megabytes."] },
  500: {
    title: "Something is wrong with Assay",
    lines: ["It has been noted. Nothing that was recorded is lost."],
  },
  503: {
    title: "Assay cannot answer just now",
    lines: ["What you sent may or may not have been recorded. Sending it again is harmless."],
  },
};

export const errorPage = ({ render }: Visit, status: number): Answer => {
  const { title, lines } = errors[status] ?? errors[500]!;
  return render({ view: "error", title, status, model: { lines } });
};
