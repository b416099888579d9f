/** What a page answers with, as data; `send` alone writes to the connection. */
import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";

export type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
  /** Keeps the connection open and goes on writing; what it returns is called at the end. */
  readonly follow?: (write: (text: string) => void, end: () => void) => () => void;
};

export const html = (body: string, status = 200): Answer => ({
  status,
  headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
  body,
});

/** After a form: the browser fetches the page anew, so that reloading sends nothing twice. */
export const redirect = (location: string, headers: Answer["headers"] = {}): Answer => ({
  status: 303,
  headers: { ...headers, location },
  body: "",
});

export const json = (
  value: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Answer["headers"] } = {},
): Answer => ({
  status,
  headers: { "content-type": "application/json", "cache-control": "no-cache", ...headers },
  body: JSON.stringify(value),
});

/** A strong entity tag for this body. */
export const etagOf = (body: string | Uint8Array): string =>
  `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;

/** Nothing but 304 where the client already holds this body; otherwise the answer with its tag. */
export const unlessHeld = (answer: Answer, held: string | undefined): Answer => {
  const etag = etagOf(answer.body);
  const headers = { ...answer.headers, etag };
  const same = held?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag) ?? false;
  return same ? { status: 304, headers, body: "" } : { ...answer, headers };
};

export const send = (
  response: ServerResponse,
  { status, headers, body, follow }: Answer,
  withBody: boolean,
): void => {
  for (const [name, value] of Object.entries(headers))
    response.setHeader(name, typeof value === "string" ? value : [...value]);
  if (follow && withBody) {
    response.writeHead(status);
    response.flushHeaders();
    if (body.length > 0) response.write(body);
    const stop = follow(
      (text) => void (text !== "" && response.write(text)),
      () => void response.end(),
    );
    // Whoever left before it began is followed no further.
    if (response.destroyed) stop();
    else response.on("close", stop);
    return;
  }
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  response.setHeader("content-length", String(bytes.length));
  response.writeHead(status);
  response.end(withBody ? bytes : undefined);
};
