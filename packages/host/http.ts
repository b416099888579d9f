/** What orchestrators and Prometheus ask a service: is it live, is it ready, which is it. */
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
  /** What answers every other path, once it is there; until then they are not found. */
  others?: RequestListener | undefined;
};

export type Neighbours = () => Readonly<Record<string, string>>;

export type RequestListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers one of its few paths; false when the path is another, which the caller may serve. */
export const answerOperations = async (
  { services, metrics, neighbours }: Omit<OperationsOptions, "port" | "host" | "others">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> => {
  const path = request.url?.split("?")[0];
  if (path === "/ping" || path === "/info") {
    answerJson(response, 200, path === "/ping" ? { status: "ok" } : infoNow());
    return true;
  }
  if (path !== "/health/live" && path !== "/health/ready" && path !== "/metrics") return false;
  if (path === "/metrics") {
    for (const service of services) service.measure();
    response.writeHead(200, { "content-type": metrics.registry.contentType });
    response.end(await metrics.registry.metrics());
  } else if (path === "/health/live") {
    // Asks nobody: a process is not ended because a neighbour hangs.
    const phases = services.map(({ name, phase }) => ({ name, phase, live: phase !== "closed" }));
    answerHealth(
      response,
      phases.every(({ live }) => live),
      phases,
    );
  } else {
    const health = await Promise.all(services.map((service) => service.health()));
    // While nothing runs yet, nothing is ready either.
    const well = health.length > 0 && health.every(({ ready }) => ready);
    answerHealth(response, well, health, neighbours?.());
  }
  return true;
};

const answerHealth = (
  response: ServerResponse,
  well: boolean,
  services: unknown,
  neighbours?: ReturnType<Neighbours>,
): void => {
  const status = well ? "ok" : "unavailable";
  answerJson(response, well ? 200 : 503, { status, services, ...(neighbours && { neighbours }) });
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
