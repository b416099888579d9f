/**
 * What protects whoever looks at a page: a content security policy with a nonce for each answer, no
 * framing, no sniffing, no referrer to strangers; and, for a loopback console, no foreign names.
 */
import type { IncomingMessage } from "node:http";

export type Protection = {
  readonly nonce: string;
  /** Over HTTPS: browsers are told never to come back without it. */
  readonly secure: boolean;
};

/** Everything comes from the console itself; scripts in a page need this answer's nonce. */
export const protectiveHeaders = ({
  nonce,
  secure,
}: Protection): Readonly<Record<string, string>> => ({
  "content-security-policy": [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-permitted-cross-domain-policies": "none",
  ...(secure && { "strict-transport-security": "max-age=31536000; includeSubDomains" }),
});

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

export type Place = {
  readonly url: string | undefined;
  /** Anybody may act as anybody: it answers whoever sits at this machine and nobody else. */
  readonly demonstration: boolean;
  readonly behindPublishedPort: boolean;
};

/**
 * Whether the request asks for the console by the name under which it is meant to be found; of a
 * demonstration, whether it also comes from this machine, straight and by its own name.
 */
export const isForUs = (request: IncomingMessage, place: Place): boolean => {
  const { url, demonstration, behindPublishedPort } = place;
  const named = url === undefined || new URL(url).host === request.headers.host?.toLowerCase();
  if (!demonstration) return named;
  const here = behindPublishedPort || isFromHere(request);
  return named && here && asksForHere(request) && !isPassedOn(request);
};

/** Whether a browser says that another site made it send this. */
export const isForeign = ({ headers }: IncomingMessage): boolean => {
  const site = headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") return true;
  const { origin, host } = headers;
  return origin !== undefined && URL.parse(origin)?.host !== host;
};
