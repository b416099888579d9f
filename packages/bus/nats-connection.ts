/** A connection to a NATS server or cluster: who we are there, and how the wire is protected. */
import {
  connect,
  credsAuthenticator,
  type NatsConnection,
  type NodeConnectionOptions,
  usernamePasswordAuthenticator,
} from "@nats-io/transport-node";

import type { NatsOptions } from "./nats-options.ts";
import { refusedBy } from "./nats-refusals.ts";

export const connectNats = async (options: NatsOptions): Promise<NatsConnection> =>
  connect(connectionOptions(options)).catch((cause: unknown) => {
    throw refusedBy(cause, options);
  });

/** Hands over what is still to be sent, then closes; harmless when it is closed already. */
export const closeNats = async (connection: NatsConnection): Promise<void> => {
  if (connection.isClosed()) return;
  await connection.drain().catch(() => connection.close());
};

/**
 * Watches a connection and tells whether it holds. What is sent while it does not would only wait
 * and time out, and nobody could say whether it was carried out.
 */
export const isConnected = (connection: NatsConnection): (() => boolean) => {
  let connected = true;
  const watch = async (): Promise<void> => {
    for await (const { type } of connection.status()) {
      if (type === "disconnect") connected = false;
      if (type === "reconnect") connected = true;
    }
  };
  void watch();
  return () => connected;
};

/**
 * A server that went away, or does not let us in just now, is tried again for as long as this
 * process lives. One that says nothing is taken for gone after half a minute.
 */
const persistent = {
  ...{ maxReconnectAttempts: -1, reconnectTimeWait: 250, reconnectJitter: 250 },
  ignoreAuthErrorAbort: true,
  ...{ pingInterval: 15_000, maxPingOut: 2 },
};

const connectionOptions = (options: NatsOptions): NodeConnectionOptions => {
  const { url, name = "assay", tls, timeout = 5_000 } = options;
  const servers = serversIn(url);
  const encrypted = tls !== undefined || servers.some(({ protocol }) => protocol === "tls:");
  return {
    ...persistent,
    servers: servers.map(({ host }) => host),
    name,
    timeout,
    ...(encrypted ? { tls: tls ?? {} } : {}),
    ...identified(options),
  };
};

const serversIn = (url: string): readonly URL[] => url.split(",").map((one) => new URL(one.trim()));

const identified = ({ url, credentials, again }: NatsOptions): NodeConnectionOptions => {
  const now = (): Pick<NatsOptions, "url" | "credentials"> => again?.() ?? { url };
  if (credentials !== undefined) {
    const text = (): Uint8Array => new TextEncoder().encode(now().credentials ?? credentials);
    return { authenticator: credsAuthenticator(text) };
  }
  const [first] = serversIn(url);
  if (!first?.username) return {};
  const part = (key: "username" | "password") => (): string =>
    decodeURIComponent(serversIn(now().url)[0]?.[key] ?? "");
  return { authenticator: usernamePasswordAuthenticator(part("username"), part("password")) };
};
