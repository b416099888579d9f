/**
 * Requests that nobody means well with, over every page, form and address of the console and its
 * API, as everybody whom it offers to be and as nobody. Each is answered clearly and quickly, and
 * the process stays as large as it was.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { type Client, openClient, type Request, type Response } from "./request-client.ts";
import { chanceOf } from "./scenario.ts";
import { makersOf, type Made } from "./strange-requests.ts";

export type Asking = {
  readonly seed: number;
  readonly count: number;
  readonly say?: (line: string) => void;
};

export type Outcome = {
  readonly asked: number;
  readonly visitors: number;
  /** How many paths, operations of the API and kinds of forms were tried. */
  readonly tried: number;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  /** Of processor time, in milliseconds, with the request that took it. */
  readonly slowest: { readonly took: number; readonly request: string };
  /** In bytes, since everything was loaded, after what nobody holds is gone. */
  readonly grown: number;
  readonly wrong: ReadonlySet<string>;
};

/** In milliseconds of processor time, for one answer. */
const longest = 1_000;
/** In bytes. */
const mostGrown = 20_000_000;
/** After so many requests everything is loaded and caches are full: from then on nothing grows. */
const warm = 10_000;
/** 503 is said while the lists are being made. */
const clear = (status: number): boolean => status < 500 || status === 503;

export const askStrangely = async ({ seed, count, say = () => {} }: Asking): Promise<Outcome> => {
  const client = await openClient();
  const seen = watching(client, say);
  try {
    const makers = await makersOf(client, chanceOf(seed, "requests"));
    const tried = new Set<string>();
    let before = held();
    for (let asked = 1; asked <= count; asked += 1) {
      const made: Made = makers.next();
      tried.add(made.kind);
      makers.learn(await seen.ask(made.request));
      if (asked === warm) before = held();
      if (asked % 1000 === 0)
        say(`${asked} asked, ${seen.wrong.size} wrong, ${inMegabytes(held() - before)} MB more`);
    }
    const grown = held() - before;
    if (count > warm && grown > mostGrown)
      seen.find(`the process grew by ${inMegabytes(grown)} MB`);
    const { visitors } = makers;
    return { ...seen, asked: count, visitors: visitors.length, tried: tried.size, grown };
  } finally {
    await client.close();
  }
};

/** Asks, and keeps what was answered and what should not have been. */
const watching = (client: Client, say: (line: string) => void) => {
  const statuses = new Map<number, number>();
  const wrong = new Set<string>();
  const slowest = { took: 0, request: "" };
  const find = (what: string): void => {
    if (!wrong.has(what)) say(`  ${what}`);
    wrong.add(what);
  };
  const ask = async (request: Request): Promise<Response> => {
    const response = await client.ask(request);
    const { status, took } = response;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (took > slowest.took) Object.assign(slowest, { took, request: inWords(request) });
    if (!clear(status)) find(`${status}: ${inWords(request)}`);
    if (took > longest) find(`${Math.round(took)} ms: ${inWords(request)}`);
    return response;
  };
  return { statuses, wrong, slowest, find, ask };
};

/** Everything in use, after what nobody holds was collected. */
const held = (): number => {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

export const inMegabytes = (bytes: number): number => Math.round(bytes / 1e6);

const inWords = ({ who, method, path, body = "" }: Request): string => {
  const sent = typeof body === "string" ? body : Buffer.from(body).toString();
  return `${who || "nobody"}: ${method} ${path.slice(0, 200)} ${sent.slice(0, 300)}`;
};
