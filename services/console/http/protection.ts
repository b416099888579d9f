/**
 * What protects whoever looks at a page: a content security policy with a nonce for each answer, no
 * framing, no sniffing, no referrer to strangers; and, for a loopback console, no foreign names.
 */
import type { IncomingMessage } from "node:http";

export type Protection = {
  readonly nonce: string;
  /** Where signing out may lead: browsers hold a form's redirects against the policy too. */
  readonly provider: string | undefined;
  /** Over HTTPS: browsers are told never to come back without it. */
  readonly secure: boolean;
};

/** Everything comes from the console itself; scripts in a page need this answer's nonce. */
export const protectiveHeaders = ({
  nonce,
  provider,
  secure,
}: Protection): Readonly<Record<string, string>> => ({
  "content-security-policy": [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    ["form-action 'self'", ...(provider === undefined ? [] : [provider])].join(" "),
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
 * Whether the request asks for the console by the name under which it is meant to be found; without
 * one, whether it comes from this machine and asks for it.
 */
export const isForUs = (
  request: IncomingMessage,
  where: { readonly url: string | undefined; readonly behindPublishedPort: boolean },
): boolean =>
  where.url === undefined
    ? asksForHere(request) && (where.behindPublishedPort || isFromHere(request))
    : new URL(where.url).host === (request.headers.host ?? "").toLowerCase();

/** Whether a browser says that another site made it send this. */
export const isForeign = ({ headers }: IncomingMessage): boolean => {
  const site = headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") return true;
  const { origin, host } = headers;
  return origin !== undefined && URL.parse(origin)?.host !== host;
};
