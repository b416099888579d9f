/**
 * Requests that nobody means well with, over every page, form and address of the console and its
 * API, as everybody whom it offers to be and as nobody. They come from what the console itself
 * shows: links, forms and the description of the API. Each is answered clearly and quickly.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { readers } from "@assay/console/reading/readers.ts";
import type { RandomStream } from "@assay/domain/sampling/stream.ts";

import { type Client, openClient, type Request, type Response } from "./request-client.ts";
import { chanceOf } from "./scenario.ts";
import { oneOf, strangeWord, uuid, valueOf } from "./strange-words.ts";
import { formsIn, linksIn, type ShownForm } from "./shown-page.ts";

export type Asking = {
  readonly seed: number;
  readonly count: number;
  readonly say?: (line: string) => void;
};

export type Outcome = {
  readonly asked: number;
  readonly visitors: number;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Of processor time, in milliseconds, with the request that took it. */
  readonly slowest: { readonly took: number; readonly request: string };
  /** In bytes, after what nobody holds is gone. */
  readonly grown: number;
  readonly wrong: readonly string[];
};

/** In milliseconds of processor time, for one answer. */
const longest = 1_000;
/** In bytes: what is recorded and kept for reading. */
const mostGrown = 200_000_000;
/** 503 is said while the lists are being made. */
const clear = (status: number): boolean => status < 500 || status === 503;

export const askStrangely = async ({ seed, count, say }: Asking): Promise<Outcome> => {
  const client = await openClient();
  const chance = chanceOf(seed, "requests");
  const statuses = new Map<number, number>();
  const wrong: string[] = [];
  let slowest = { took: 0, request: "" };
  const ask = async (request: Request): Promise<Response> => {
    const response = await client.ask(request);
    const { status, took } = response;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (took > slowest.took) slowest = { took, request: inWords(request) };
    if (!clear(status)) wrong.push(`${status}: ${inWords(request)}`);
    if (took > longest) wrong.push(`${Math.round(took)} ms: ${inWords(request)}`);
    return response;
  };
  try {
    const makers = await makersOf(client, ask, chance);
    await ask({ who: makers.visitors[0]!, method: "GET", path: "/inspections" });
    const before = held();
    for (let asked = 0; asked < count; asked += 1) {
      const response = await ask(makers.next());
      makers.learn(response);
      if (asked % 1000 === 999) say?.(`${asked + 1} asked, ${wrong.length} not as they should be`);
    }
    const grown = held() - before;
    if (grown > mostGrown) wrong.push(`the process grew by ${grown} bytes`);
    return { asked: count, visitors: makers.visitors.length, statuses, slowest, grown, wrong };
  } finally {
    await client.close();
  }
};

/** Everything in use, after what nobody holds was collected. */
const held = (): number => {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed;
};

const inWords = ({ who, method, path, body }: Request): string =>
  `${who || "nobody"}: ${method} ${path.slice(0, 200)} ${typeof body === "string" ? body.slice(0, 300) : ""}`;

type Known = { readonly who: string; readonly path: string; readonly forms: readonly ShownForm[] };

/** So many pages are kept, and so many values, that were shown. */
const mostKept = 400;

const makersOf = async (
  client: Client,
  ask: (request: Request) => Promise<Response>,
  chance: RandomStream,
) => {
  const visitors = ["", ...client.people];
  const links = visitors.map((who) => ({ who, path: "/" }));
  const pages: Known[] = [];
  const seen: string[] = [];
  const described = await ask({ who: "", method: "GET", path: "/api/openapi.json" });
  const { paths, components } = JSON.parse(described.text) as Description;
  const named = (reference: string) => components.schemas[reference.split("/").at(-1)!];
  const drawing = { chance, seen };
  const word = (): string => strangeWord(drawing);
  const inPath = (text: string): string => encoded(text.slice(0, 1500));
  const filled = (pattern: string, parts: RegExp): string =>
    pattern.replaceAll(parts, () => inPath(word()));
  const query = (): string => {
    const names = ["q", "page", "limit", "from", "before", "after", "sort", "done", "at", "view"];
    return chance.below(3) > 0 ? "" : `?${oneOf(chance, names)}=${inPath(word())}`;
  };

  const makers: readonly (() => Request | undefined)[] = [
    // Every link once, and again with something strange in it.
    () => {
      const link = chance.below(2) === 0 ? links.shift() : oneOf(chance, links);
      return link && { ...link, method: "GET" };
    },
    () => ({
      who: oneOf(chance, visitors),
      method: oneOf(chance, ["GET", "GET", "POST", "HEAD", "PUT"]),
      path: filled(oneOf(chance, Object.keys(readers)), /:\w+/g) + query(),
    }),
    () => {
      const page = oneOf(chance, pages);
      const form = page && oneOf(chance, page.forms);
      return form && { who: page.who, ...submitted(form, page.path, drawing) };
    },
    () => {
      const [path, methods] = oneOf(chance, Object.entries(paths));
      const [method, { requestBody }] = oneOf(chance, Object.entries(methods));
      const schema = Object.values(requestBody?.content ?? {})[0]?.schema;
      const body = schema && JSON.stringify(valueOf(schema, drawing, named));
      const headers = { "content-type": "application/json", "idempotency-key": uuid(chance) };
      return {
        who: oneOf(chance, visitors),
        method: method.toUpperCase(),
        path: filled(path, /\{\w+\}/g) + query(),
        ...(body !== undefined && { body: mangled(body, chance), headers }),
      };
    },
  ];
  return {
    visitors,
    next: (): Request => {
      for (;;) {
        const request = oneOf(chance, makers)();
        if (request) return request;
      }
    },
    learn: ({ who, at, text, isPage }: Response): void => {
      if (!isPage) return;
      const forms = formsIn(text);
      if (forms.length > 0) pages.push({ who, path: at, forms });
      for (const path of linksIn(text)) {
        links.push({ who, path });
        seen.push(...path.split(/[/?=&]/).filter((part) => part.length > 1));
      }
      for (const kept of [pages, links, seen]) kept.splice(0, kept.length - mostKept);
    },
  };
};

type Description = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
};
type Operation = {
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
};

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** Sometimes no JSON at all. */
const mangled = (body: string, chance: RandomStream): string => {
  const kind = chance.below(12);
  if (kind === 0) return body.slice(0, chance.below(body.length + 1));
  if (kind === 1) return `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
  return body;
};

/** The form as it was shown, with some of its fields otherwise, left out, or there twice. */
const submitted = (
  { action, fields }: ShownForm,
  path: string,
  drawing: Parameters<typeof strangeWord>[0],
): Pick<Request, "method" | "path" | "body" | "headers"> => {
  const { chance } = drawing;
  const sent = new URLSearchParams();
  for (const { name, value } of fields) {
    const kind = name.startsWith("_") ? 9 : chance.below(10);
    if (kind === 0) continue;
    sent.append(name, kind <= 4 ? strangeWord(drawing) : value);
    if (kind === 1) sent.append(name, strangeWord(drawing));
  }
  if (chance.below(10) === 0) sent.append(strangeWord(drawing).slice(0, 300), "x");
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  return { method: "POST", path: action || path, body: String(sent), headers };
};
