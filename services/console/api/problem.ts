/** Errors of the API as problem details (RFC 9457): a stable type, a title, and what to do. */
import type { Answer } from "../http/answer.ts";
import { noRoom } from "../wording/faults.ts";
import { refusalInWords, refusalReasons } from "../wording/refusals.ts";

export type ProblemDetails = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly [extension: string]: unknown;
};

const titles: Readonly<Record<number, string>> = {
  400: "The request could not be read",
  401: "Say who you are",
  403: "Not with this token",
  404: "There is no such thing, or not for you",
  405: "The method is not taken here",
  409: "Refused",
  413: "Too large",
  415: "The content's type is not taken here",
  422: "Not a command that can be taken as it is",
  429: "Too many requests",
  500: "Something is wrong with Assay",
  503: "Assay cannot answer just now; the same request may be sent again",
  507: noRoom.title,
};

/** Where a problem leads: each is told on the page `/api`. */
const typeOf = (status: number): string => `/api#problem-${status}`;
const typeOfRefusal = (reason: string): string => `/api#refusal-${reason}`;

/** Every type of a problem that there is, with what is said of it where that is always the same. */
export const problemTypes: readonly { readonly type: string; readonly title: string }[] = [
  ...Object.entries(titles).map(([status, title]) => ({ type: typeOf(Number(status)), title })),
  ...refusalReasons.map((reason) => ({ type: typeOfRefusal(reason), title: "Refused" })),
];

export const problem = (status: number, more: Readonly<Record<string, unknown>> = {}): Answer => {
  const title = titles[status] ?? "Problem";
  const said = status === 507 ? { detail: noRoom.lines.join(" ") } : {};
  const details: ProblemDetails = {
    ...{ type: typeOf(status), title, status },
    ...said,
    ...more,
  };
  return {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
    body: JSON.stringify(details),
  };
};

/** There is no answer but this problem, thrown to whoever sends answers. */
export class Refused extends Error {
  readonly answer: Answer;

  constructor(answer: Answer) {
    super("a problem is the answer");
    this.name = "Refused";
    this.answer = answer;
  }
}

/**
 * An expected no: the refusal as data, with its reason as a stable name. A key that was used for
 * something else is no key for this command.
 */
export const refused = (refusal: { readonly reason: string }): Answer =>
  problem(refusal.reason === "RepeatedOtherwise" ? 422 : 409, {
    type: typeOfRefusal(refusal.reason),
    detail: refusalInWords(refusal),
    refusal,
  });
