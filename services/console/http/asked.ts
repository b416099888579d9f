/**
 * A request as the pages see it: its path, query, cookies and body, read once and within limits.
 * Bodies are parsed by the platform's own `Response.formData`, files included.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/**
 * The largest body taken, in bytes: a case list and the files that belong to it. A proxy in front
 * has to let the same through (docs/proxies.md).
 */
export const mostBytes = 32 * 1024 * 1024;

/** The most that a form holds beside its files, in characters, and in fields. */
export const mostCharacters = 2_000_000;
const mostFields = 20_000;
/** In bytes, of a form without files. */
const mostEncoded = 2 * mostCharacters;

/** What is said of it: what is left for a file beside the other fields of a form. */
export const mostInWords = "30 MB";

/** Of whoever is not signed in: a form to sign in, a provider's word. */
export const littleBytes = 64 * 1024;

export type Asked = {
  readonly method: string;
  readonly url: URL;
  readonly path: string;
  readonly cookies: ReadonlyMap<string, string>;
  /** Names this request in the log, in its commands and in the answer's headers. */
  readonly correlationId: string;
  /** The address at the other end of the connection. */
  readonly from: string;
  header(name: string): string | undefined;
  form(most?: number): Promise<Form>;
  json(): Promise<unknown>;
};

/** The fields of a form: the last value of a name, or all of them. */
export type Form = {
  readonly value: (name: string) => string;
  readonly values: (name: string) => readonly string[];
  readonly file: (name: string) => Promise<Uint8Array | undefined>;
  /** What the sender calls the file, and says it is; empty where there is none. */
  readonly fileName: (name: string) => string;
  readonly fileType: (name: string) => string;
  readonly names: readonly string[];
};

export class BodyRefused extends Error {
  readonly status: 400 | 413 | 415;

  constructor(status: 400 | 413 | 415, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = "BodyRefused";
    this.status = status;
  }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** `proxies`: how many stand in front, each of which adds whom it was asked by. */
export const askedBy = (request: IncomingMessage, proxies = 0): Asked => {
  const url = urlOf(request.url ?? "/");
  const header = (name: string): string | undefined => {
    const found = request.headers[name];
    return Array.isArray(found) ? found[0] : found;
  };
  const given = header("x-correlation-id")?.toLowerCase();
  return {
    method: request.method ?? "GET",
    url,
    path: url.pathname,
    cookies: cookiesIn(header("cookie") ?? ""),
    correlationId: given !== undefined && uuid.test(given) ? given : randomUUID(),
    from: addressOf(request, proxies),
    header,
    form: async (most) => formOf(await bodyOf(request, most), header("content-type") ?? ""),
    json: async () => {
      const type = (header("content-type") ?? "").split(";")[0]!.trim().toLowerCase();
      if (type !== "application/json")
        throw new BodyRefused(415, "send application/json, in UTF-8");
      const body = await bodyOf(request);
      try {
        const value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)) as unknown;
        if (isShallow(value)) return value;
      } catch (cause) {
        throw new BodyRefused(400, "the body is not JSON", cause);
      }
      throw new BodyRefused(400, "the body is nested too deeply");
    },
  };
};

/** Deeper than any command is; whatever walks through a body would run out of stack beyond. */
const deepest = 64;

/** Goes through level by level, however deep that is. */
const isShallow = (value: unknown): boolean => {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return false;
    level = level.flatMap((each) =>
      typeof each === "object" && each !== null ? Object.values(each) : [],
    );
  }
  return true;
};

const base = "http://console.invalid";

/** A whole address or two slashes name a host. What is no address of ours is served nowhere. */
const urlOf = (asked: string): URL =>
  URL.canParse(asked, base) && /^\/(?!\/)/.test(asked)
    ? new URL(asked, base)
    : new URL("/not-an-address", base);

/** What stands further left than our own proxies wrote is the sender's to invent. */
const addressOf = ({ headers, socket }: IncomingMessage, proxies: number): string => {
  const own = socket.remoteAddress ?? "unknown";
  if (proxies === 0) return own;
  const told = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  return (
    told
      .map((one) => one.trim())
      .at(-proxies)
      ?.slice(0, 64) || own
  );
};

const cookiesIn = (header: string): ReadonlyMap<string, string> =>
  new Map(
    header.split(";").flatMap((pair): readonly (readonly [string, string])[] => {
      const at = pair.indexOf("=");
      return at < 1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()]];
    }),
  );

/** Nothing is ever unpacked here, so that no small body can become a large one. */
const bodyOf = async (
  request: IncomingMessage,
  most = mostBytes,
): Promise<Uint8Array<ArrayBuffer>> => {
  const packed = request.headers["content-encoding"] ?? "identity";
  if (packed !== "identity") throw new BodyRefused(415, "compressed bodies are not taken");
  if (Number(request.headers["content-length"] ?? 0) > most)
    throw new BodyRefused(413, `more than ${most} bytes`);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > most) throw new BodyRefused(413, `more than ${most} bytes`);
    chunks.push(bytes);
  }
  return new Uint8Array(Buffer.concat(chunks));
};

const formOf = async (body: Uint8Array<ArrayBuffer>, type: string): Promise<Form> => {
  const boundary = /boundary="?([^\s";]+)/i.exec(type)?.[1];
  if (boundary === undefined && body.length > mostEncoded)
    throw new BodyRefused(413, `more than ${mostEncoded} bytes without a file`);
  if (hasManyParts(body, boundary === undefined ? "&" : `--${boundary}`))
    throw new BodyRefused(413, "a form of too many fields");
  const data = await parsed(body, type);
  const texts = new Map<string, string[]>();
  let characters = 0;
  for (const [name, value] of data) {
    characters += name.length;
    if (typeof value !== "string") continue;
    characters += value.length;
    const known = texts.get(name);
    if (known) known.push(value);
    else texts.set(name, [value]);
  }
  if (characters > mostCharacters)
    throw new BodyRefused(413, `more than ${mostCharacters} characters beside files`);
  const values = (name: string): readonly string[] => texts.get(name) ?? [];
  return {
    value: (name) => values(name).at(-1) ?? "",
    values,
    file: async (name) => {
      const found = fileIn(data, name);
      return found && found.size > 0 ? new Uint8Array(await found.arrayBuffer()) : undefined;
    },
    fileName: (name) => fileIn(data, name)?.name.slice(0, 200) ?? "",
    fileType: (name) => (fileIn(data, name)?.type || "application/octet-stream").slice(0, 200),
    names: [...new Set(data.keys())],
  };
};

/** Asked before a body is taken apart: each part has such a sign of its own. */
const hasManyParts = ({ buffer, byteOffset, byteLength }: Uint8Array, sign: string): boolean => {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  let at = -1;
  for (let parts = 0; parts <= mostFields; parts += 1) {
    at = bytes.indexOf(sign, at + 1, "latin1");
    if (at < 0) return false;
  }
  return true;
};

const fileIn = (data: FormData, name: string): File | undefined => {
  const found = data.get(name);
  return found === null || typeof found === "string" ? undefined : found;
};

const parsed = async (body: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> => {
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch (cause) {
    throw new BodyRefused(400, "the body is not a form", cause);
  }
};
