/**
 * What protects whoever looks at a page: a content security policy with a nonce for each answer, no
 * framing, no sniffing, no referrer to strangers.
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

/** Whether a browser says that another site made it send this. */
export const isForeign = ({ headers }: IncomingMessage): boolean => {
  const site = headers["sec-fetch-site"];
  if (site === "cross-site" || site === "same-site") return true;
  const { origin, host } = headers;
  return origin !== undefined && URL.parse(origin)?.host !== host;
};
