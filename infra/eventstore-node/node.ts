/**
 * The embedded event store behind EventStoreDB's own gRPC protocol, for development, CI and single
 * machines. The store does the work; this package translates. Clusters run the real server.
 */
import { randomUUID } from "node:crypto";

import { append } from "@assay/store/engine/commands.ts";
import { type Engine, type EngineOptions, openEngine } from "@assay/store/engine/engine.ts";
import { Server, ServerCredentials } from "@grpc/grpc-js";

import { accessFor, type Credentials } from "./access.ts";
import { gossip } from "./cluster.ts";
import { type CallFault, shuttingDown } from "./faults.ts";
import { serve } from "./services.ts";

export type NodeOptions = Pick<EngineOptions, "path" | "interrupt"> & {
  readonly host?: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly tls?: { readonly certificate: Buffer; readonly key: Buffer };
  readonly credentials?: Credentials;
};

export type RunningNode = {
  readonly port: number;
  /** For `@eventstore/db-client`; names no credentials. */
  readonly connectionString: string;
  /** Answers what is under way, ends the subscriptions, then closes the store. */
  stop(): Promise<void>;
};

/** How long calls under way may take when the node stops. */
const patience = 5000;

/** Larger than anything that may be appended, so that the refusal can say so. */
const largestMessage = 17 * 1024 * 1024;

export const startNode = async (options: NodeOptions): Promise<RunningNode> => {
  const host = options.host ?? "127.0.0.1";
  const engine = openEngine(options);
  const open = new Set<(fault: CallFault) => void>();
  const server = new Server({ "grpc.max_receive_message_length": largestMessage });
  let place = { host, port: options.port };
  const describeCluster = gossip(() => [{ ...place, leads: true, alive: true }]);
  serve(server, engine, { access: accessFor(options.credentials), open, describeCluster });
  try {
    if (engine.reader.end() === 0) await writeSettings(engine, options);
    place = { host, port: await bind(server, options, host) };
  } catch (error) {
    await engine.close();
    throw error;
  }
  return {
    port: place.port,
    connectionString: `esdb://${host}:${place.port}?tls=${options.tls ? "true" : "false"}`,
    stop: () => stop(server, engine, open),
  };
};

const bind = (server: Server, { port, tls }: NodeOptions, host: string): Promise<number> => {
  const credentials = tls
    ? ServerCredentials.createSsl(null, [{ cert_chain: tls.certificate, private_key: tls.key }])
    : ServerCredentials.createInsecure();
  return new Promise((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, credentials, (error, bound) => {
      if (error) reject(error);
      else resolve(bound);
    });
  });
};

/** The first event of a new store, as a server writes it: who may do what unless a stream says. */
const writeSettings = async (engine: Engine, { credentials }: NodeOptions): Promise<void> => {
  const who = credentials ? "$admins" : "$all";
  const acl = { $r: who, $w: who, $d: who, $mr: who, $mw: who };
  const data = JSON.stringify({ $userStreamAcl: acl, $systemStreamAcl: acl });
  const entry = { id: randomUUID(), type: "update-default-acl", json: true, data, metadata: "" };
  const asked = { stream: "$settings", expected: "any" as const, entries: [entry] };
  await engine.change((writer) => append(writer, { ...asked, now: engine.now() }));
};

const stop = async (
  server: Server,
  engine: Engine,
  open: ReadonlySet<(fault: CallFault) => void>,
): Promise<void> => {
  // What was asked is answered before the calls that carry the answers end.
  await engine.change(() => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  for (const end of [...open]) end(shuttingDown());
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => {
      server.forceShutdown();
      resolve();
    }, patience);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
  await engine.close();
};
