/**
 * What orchestrators and Prometheus ask a service: is it live, is it ready, which is it. Where
 * strangers may ask too, they hear whether it is well and nothing else.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { pause } from "./fault.ts";
import { infoNow } from "./info.ts";
import type { Metrics } from "./metrics.ts";
import type { Service } from "./service.ts";

export type Operations = {
  readonly port: number;
  /**
   * From now on it is not ready, and whoever asks for a page is told to come again; resolves once
   * what was asked before is answered. Streams end, and browsers open them again elsewhere.
   */
  drain(): Promise<void>;
  close(): Promise<void>;
};

export type OperationsOptions = {
  readonly services: readonly Service[];
  readonly metrics: Metrics;
  /** 0 takes a free one. */
  readonly port: number;
  readonly host?: string;
  /** Whom it uses besides, by name, and how they are: told, and no part of being ready. */
  neighbours?: Neighbours | undefined;
  /** Strangers can ask here: no metrics, no versions, and of health only the status. */
  readonly brief?: boolean;
  /** What answers every other path, once it is there. */
  others?: RequestListener | undefined;
  /** There will be others: until then, and while it drains, one is told to come again. */
  readonly pages?: boolean;
  draining?: boolean;
};

export type Neighbours = () => Readonly<Record<string, string>>;

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers one of its few paths; false when the path is another, which the caller may serve. */
export const answerOperations = async (
  options: Omit<OperationsOptions, "port" | "host" | "others">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> => {
  const { services, metrics, brief = false } = options;
  const path = request.url?.split("?")[0];
  if (path === "/ping") answerJson(response, 200, { status: "ok" });
  else if (path === "/health/live" || path === "/health/ready") {
    const asked = path === "/health/live" ? living : readiness;
    const { well, degraded, ...details } = await asked(options);
    const status = well ? (degraded ? "degraded" : "ok") : "unavailable";
    answerJson(response, well ? 200 : 503, { status, ...(!brief && details) });
  } else if (path === "/info" && !brief) answerJson(response, 200, infoNow());
  else if (path === "/metrics" && !brief) {
    for (const service of services) service.measure();
    response.writeHead(200, { "content-type": metrics.registry.contentType });
    response.end(await metrics.registry.metrics());
  } else return false;
  return true;
};

type Asking = Pick<OperationsOptions, "services" | "neighbours" | "draining">;

/** Asks nobody: a process is not ended because a neighbour hangs. */
const living = async ({ services: all }: Asking) => {
  const services = all.map(({ name, phase }) => ({ name, phase, live: phase !== "closed" }));
  return { well: services.every(({ live }) => live), degraded: false, services };
};

/** While nothing runs yet, nothing is ready either. */
const readiness = async ({ services: all, neighbours, draining = false }: Asking) => {
  const services = await Promise.all(all.map((service) => service.health()));
  const well = !draining && services.length > 0 && services.every(({ ready }) => ready);
  // At work, but for what was set aside.
  const degraded = services.some(({ aside }) => aside.length > 0);
  const known = Object.assign({}, ...all.map((one) => one.neighbours()), neighbours?.()) as object;
  const told = Object.keys(known).length > 0 && { neighbours: known };
  return { well, degraded, services, ...told };
};

const answerJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
};

const answer = async (
  options: OperationsOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (await answerOperations(options, request, response)) return;
  const { others, draining, pages } = options;
  if (others && !draining) await others(request, response);
  else if (pages) comeAgain(request, response);
  else response.writeHead(404).end();
};

/** Nothing of what was sent was done: a proxy may pass it on to another replica. */
const comeAgain = ({ url }: IncomingMessage, response: ServerResponse): void => {
  const said = "Assay is being started again. Try again in a moment; nothing was recorded.";
  const isApi = url?.startsWith("/api/") ?? false;
  response.writeHead(503, {
    ...{ "retry-after": "2", "cache-control": "no-store", connection: "close" },
    "content-type": isApi ? "application/problem+json" : "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'",
  });
  const problem = { type: "about:blank", title: "Service Unavailable", status: 503, detail: said };
  const page = `<!doctype html><html lang="en"><title>Assay is being started again</title>`;
  response.end(isApi ? JSON.stringify(problem) : `${page}<h1>One moment</h1><p>${said}</p></html>`);
};

/** How long what was asked before may take, in milliseconds. */
const patience = 10_000;

export const serveOperations = async (options: OperationsOptions): Promise<Operations> => {
  const underWay = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    underWay.add(response);
    response.once("close", () => underWay.delete(response));
    answer(options, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.listen(options.port, options.host ?? "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    drain: async () => {
      options.draining = true;
      const before = [...underWay].filter(({ writableEnded }) => !writableEnded);
      const streams = before.filter((one) => one.getHeader("content-type") === "text/event-stream");
      for (const stream of streams) stream.end();
      const answered = before.map((one) => once(one, "close"));
      await Promise.race([Promise.all(answered), pause(patience)]);
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
};
