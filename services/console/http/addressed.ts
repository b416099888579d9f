/**
 * Whether a request is meant for this console: by the name under which it is to be found, and of a
 * demonstration from this machine alone. Whoever is wrong here is told why, and so is the log.
 */
import type { IncomingMessage } from "node:http";

import type { Log } from "@assay/host/log.ts";

import { createRateLimit } from "../api/rate-limit.ts";
import type { Answer } from "./answer.ts";
import type { Asked } from "./asked.ts";

const loopbackNames = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
const loopbackAddress = /^(127\.|::1$|::ffff:127\.)/;

/** Whether the request comes from this machine. */
const isFromHere = ({ socket }: IncomingMessage): boolean =>
  loopbackAddress.test(socket.remoteAddress ?? "");

/**
 * Whether it asks for this machine by a name of its own. A page from elsewhere that has its name
 * point here (DNS rebinding) asks by its own name.
 */
const asksForHere = ({ headers }: IncomingMessage): boolean =>
  loopbackNames.test(headers.host ?? "");

/**
 * Whether something passed it on: a proxy's headers, or HTTP/1.0, which no browser has spoken for
 * long and a proxy does that was told nothing else.
 */
const isPassedOn = ({ headers, httpVersion }: IncomingMessage): boolean =>
  httpVersion === "1.0" ||
  Object.keys(headers).some((name) => /^(forwarded|via|x-real-ip|x-forwarded-.*)$/.test(name));

type Place = {
  readonly url: string | undefined;
  /** Anybody may act as anybody: it answers whoever sits at this machine and nobody else. */
  readonly demonstration: boolean;
  readonly behindPublishedPort: boolean;
};

/** Why the request is not for us, or undefined. */
const notForUs = (request: IncomingMessage, place: Place): string | undefined => {
  const { url, demonstration, behindPublishedPort } = place;
  const asked = request.headers.host?.slice(0, 100) ?? "no name";
  // A proxy and we might each believe another of them.
  if ((request.headersDistinct["host"]?.length ?? 0) > 1)
    return "The request names two hosts, and has to name one.";
  const expected = url === undefined ? undefined : new URL(url);
  if (expected && URL.parse(`${expected.protocol}//${asked}`)?.host !== expected.host)
    return (
      `This console is at ${expected.origin} (CONSOLE_URL), and was asked for as ${asked}. ` +
      "A proxy in front has to pass the Host header on."
    );
  if (!demonstration) return undefined;
  const only = "This is a demonstration, for this machine only";
  if (!behindPublishedPort && !isFromHere(request)) return `${only}: you ask from another one.`;
  if (!asksForHere(request)) return `${only}: it is asked for as ${asked}, not as 127.0.0.1.`;
  return isPassedOn(request) ? `${only}: the request came through a proxy.` : undefined;
};

/** Said as long as that does not fill the log: twenty at once, then one in a minute. */
const said = { burst: 20, rate: 1 / 60 };

/** Answers a request that is not for us; undefined for one that is. */
export const createAddressing = (place: Place, log: Log) => {
  const saying = createRateLimit({ ...said, now: () => performance.now() });
  return (request: IncomingMessage, asked: Asked): Answer | undefined => {
    const why = notForUs(request, place);
    if (why === undefined) return undefined;
    const { from, correlationId: reference } = asked;
    if (saying.take("") === 0) log.warn({ from, reference }, why);
    const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
    return { status: 421, headers, body: `${why}\n` };
  };
};
