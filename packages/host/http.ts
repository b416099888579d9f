/**
 * What orchestrators and Prometheus ask a service: is it live, is it ready, which is it. Where
 * strangers may ask too, they hear whether it is well and nothing else.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { infoNow } from "./info.ts";
import type { Metrics } from "./metrics.ts";
import type { Service } from "./service.ts";

export type Operations = {
  readonly port: number;
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
  /** What answers every other path, once it is there; until then they are not found. */
  others?: RequestListener | undefined;
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

type Asking = Pick<OperationsOptions, "services" | "neighbours">;

/** Asks nobody: a process is not ended because a neighbour hangs. */
const living = async ({ services: all }: Asking) => {
  const services = all.map(({ name, phase }) => ({ name, phase, live: phase !== "closed" }));
  return { well: services.every(({ live }) => live), degraded: false, services };
};

/** While nothing runs yet, nothing is ready either. */
const readiness = async ({ services: all, neighbours }: Asking) => {
  const services = await Promise.all(all.map((service) => service.health()));
  const well = services.length > 0 && services.every(({ ready }) => ready);
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
  if (options.others) await options.others(request, response);
  else response.writeHead(404).end();
};

export const serveOperations = async (options: OperationsOptions): Promise<Operations> => {
  const server = createServer((request, response) => {
    answer(options, request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  server.listen(options.port, options.host ?? "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
};
