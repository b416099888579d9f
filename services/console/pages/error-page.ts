/** What a person reads when there is no page to show, and what it means for what they did. */
import { mayRetry } from "@assay/bus/port.ts";
import { isOutOfRoom } from "@assay/host/fault.ts";
import type { Log } from "@assay/host/log.ts";

import { problem } from "../api/problem.ts";
import { type Answer, redirect } from "../http/answer.ts";
import { type Asked, BodyRefused, littleBytes, mostInWords } from "../http/asked.ts";
import { ProviderAway, reasonOf } from "../identity/refused.ts";
import { SetAside } from "../reading/set-aside.ts";
import { StillReading } from "../reading/waiting.ts";
import { noRoom } from "../wording/faults.ts";
import { NotFound, SignInNeeded, type Visit } from "./page.ts";

const errors: Readonly<Record<number, { title: string; lines: readonly string[] }>> = {
  400: { title: "That could not be read", lines: ["Go back and try again."] },
  403: {
    title: "That did not come from this page",
    lines: ["The form was sent from somewhere else, or is too old. Nothing was recorded."],
  },
  401: {
    title: "Signing in did not work",
    lines: ["Try again. If it still does not work, ask whoever looks after your account."],
  },
  404: {
    title: "Page not found",
    lines: ["Check the address. What you look for may also not be for you to see."],
  },
  405: { title: "That cannot be done here", lines: ["Go back and use the page's own buttons."] },
  413: {
    title: "That is too large",
    lines: [`Files may have ${mostInWords}, and everything else in a form two million characters.`],
  },
  415: {
    title: "That kind of content is not taken",
    lines: ["Compressed and unknown content is not opened. Send the file as it is."],
  },
  500: {
    title: "Something is wrong with Assay",
    lines: ["It has been noted. Nothing that was recorded is lost."],
  },
  429: {
    title: "Too many attempts",
    lines: ["Wait a minute, then try again."],
  },
  503: {
    title: "Assay cannot answer just now",
    lines: ["What you sent may or may not have been recorded. Sending it again is harmless."],
  },
  507: noRoom,
};

/** What is wrong, by who failed: a full disk, something that may work later, or we. */
export const statusOf = (error: unknown): 409 | 500 | 503 | 507 =>
  error instanceof SetAside ? 409 : isOutOfRoom(error) ? 507 : mayRetry(error) ? 503 : 500;

/** Somebody else's failure is no error of ours. */
export const sayFailed = (log: Log, { correlationId, path }: Asked, error: unknown): void => {
  if (!(error instanceof ProviderAway))
    log.error({ err: error, correlationId, path }, "page failed");
  else log.warn({ reference: correlationId, ...reasonOf(error.cause) }, "identity provider away");
};

/** For where no page can be made. */
export const errorText = (status: number, error?: unknown): Answer => {
  const { title, lines } = saidOf(status, error);
  const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
  return { status, headers, body: `${[`${title}.`, ...lines].join("\n")}\n` };
};

export const errorPage = ({ render }: Visit, status: number, error?: unknown): Answer => {
  const { title, lines } = saidOf(status, error);
  return render({ view: "error", title, status, model: { lines } });
};

/** Nothing is at the path, or nothing that can be asked so. */
export const notServed = (visit: Visit, allowed: readonly string[]): Answer => {
  const forMachines = isApi(visit.asked);
  if (allowed.length === 0) return forMachines ? problem(404) : errorPage(visit, 404);
  const answer = forMachines ? problem(405) : errorPage(visit, 405);
  return { ...answer, headers: { ...answer.headers, allow: allowed.join(", ") } };
};

export const isApi = ({ path }: Asked): boolean => path.startsWith("/api/");

/** A stream ends, instead of looking for its facts on the page of an identity provider. */
export const signInFirst = (visit: Visit): Answer | Promise<Answer> => {
  const { asked } = visit;
  if (asked.method === "POST") return sessionEnded(visit);
  return asked.header("accept") === "text/event-stream"
    ? { status: 204, headers: {}, body: "" }
    : redirect(asked.path.length > longest ? "/sign-in" : signInTo(asked.path));
};

/** Of a path that is led back to, in characters: clients refuse headers that are too long. */
const longest = 2000;

const signInTo = (path: string): string => `/sign-in?next=${encodeURIComponent(path)}`;

/** No redirect: browsers let no form lead to another site, and to sign in leads there. */
const sessionEnded = async ({ render, asked }: Visit): Promise<Answer> => {
  const typed = isWithin(asked) ? await wordsIn(asked) : [];
  return render({
    ...{ view: "session-ended", title: "You are no longer signed in", status: 401 },
    model: { typed, next: asked.path },
  });
};

const isWithin = (asked: Asked): boolean => asked.header("sec-fetch-site") === "same-origin";

/** What was typed, so that it can be copied where the browser could not keep it. */
const wordsIn = async (asked: Asked): Promise<readonly string[]> => {
  const form = await asked.form(littleBytes).catch(() => undefined);
  return (form?.names ?? [])
    .filter((name) => !name.startsWith("_"))
    .flatMap((name) => form!.values(name).filter((value) => /\s/.test(value.trim())));
};

const saidOf = (status: number, error: unknown) =>
  error instanceof ProviderAway
    ? providerAway
    : error instanceof SetAside
      ? setAside
      : error instanceof StillReading
        ? stillReading(error)
        : (errors[status] ?? errors[500]!);

const stillReading = ({ missing, all }: StillReading) => ({
  title: "The lists are being made",
  lines: [
    `Assay reads what is recorded and has ${missing} of ${all} inspections still to go. Load this ` +
      "page again in a moment. What was recorded is kept, and pages of single inspections open.",
  ],
});

const setAside = {
  title: "This inspection is set aside",
  lines: [
    "Something that is recorded of it cannot be read, so it is not shown and takes no commands.",
    "Nothing is lost, and all other inspections go on. Whoever looks after Assay sees why on the " +
      "page Operations.",
  ],
};

const providerAway = {
  title: "Nobody can sign in just now",
  lines: [
    "The identity provider does not answer. Try again in a few minutes.",
    "What was recorded is kept, and what is published can be read meanwhile.",
  ],
};

/** What became of a request that could not be answered. */
export const failed = async (visit: Visit, error: unknown, log: Log): Promise<Answer> => {
  if (error instanceof SignInNeeded) return signInFirst(visit);
  const said = (status: number): Answer =>
    isApi(visit.asked) ? problem(status) : errorPage(visit, status, error);
  if (error instanceof NotFound) return said(404);
  if (error instanceof BodyRefused) return said(error.status);
  sayFailed(log, visit.asked, error);
  return said(statusOf(error));
};
