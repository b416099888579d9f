/**
 * A TCP proxy that fails on demand, for stores that are reached over a network: it swallows a
 * request, swallows a reply, drops every connection, or hangs.
 */
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

import type { Subject } from "./subject.ts";

export type Proxy = Pick<Subject, "failNext" | "loseConnections"> & {
  readonly port: number;
  /** Passes nothing on, as a server does that hangs, until what is returned is called. */
  hold(): () => void;
  close(): Promise<void>;
};

type Armed = { readonly how: "lost" | "landed"; fired: boolean };

export const startProxy = async (
  target: () => { readonly host: string; readonly port: number },
): Promise<Proxy> => {
  const connections = new Set<Socket>();
  let armed: Armed | undefined;
  let held = false;
  const fire = (): void => {
    if (armed) armed.fired = true;
    armed = undefined;
    for (const socket of connections) socket.destroy();
  };
  const server = createServer((client) => {
    const upstream = connect(target());
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      connections.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        connections.delete(socket);
        other.destroy();
      });
    }
    let asked = false;
    client.on("data", (chunk) => {
      if (armed?.how === "lost") return fire();
      asked ||= armed !== undefined;
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      // The reply is withheld long enough for the request to land.
      if (armed?.how === "landed" && asked) void wait(150).then(fire);
      else client.write(chunk);
    });
    if (held) for (const socket of [client, upstream]) socket.pause();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as { port: number }).port,
    failNext: (how) => {
      const next = { how, fired: false };
      armed = next;
      return () => next.fired;
    },
    loseConnections: async () => {
      for (const socket of connections) socket.destroy();
    },
    hold: () => {
      held = true;
      for (const socket of connections) socket.pause();
      return () => {
        held = false;
        for (const socket of connections) socket.resume();
      };
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of connections) socket.destroy();
        server.close(() => resolve());
      }),
  };
};
