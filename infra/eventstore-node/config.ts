/** How the node is told what to do: by arguments, and by the environment where it is secret. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { z } from "zod";

import type { NodeOptions } from "./node.ts";

export const usage = `Serves a data folder over EventStoreDB's gRPC protocol, on one machine.

  node infra/eventstore-node/main.ts --data DIR [--port 2113] [--host 127.0.0.1]
                                     [--cert FILE --key FILE]

  --data   the folder that holds the events; made when it is missing
  --port   0 takes any that is free
  --cert   the certificate chain (PEM); with --key, the node speaks TLS

EVENTSTORE_NODE_USERNAME and EVENTSTORE_NODE_PASSWORD name the one user who may call; they need TLS,
because clients send no credentials without it.`;

const Arguments = z.strictObject({
  data: z.string().min(1),
  port: z.coerce.number().int().min(0).max(65_535).default(2113),
  host: z.string().min(1).default("127.0.0.1"),
  cert: z.string().optional(),
  key: z.string().optional(),
});

const Secrets = z.object({
  EVENTSTORE_NODE_USERNAME: z.string().min(1).optional(),
  EVENTSTORE_NODE_PASSWORD: z.string().min(1).optional(),
});

/** Throws with words for the person at the keyboard. */
export const readConfig = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): NodeOptions => {
  const option = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { data: option, port: option, host: option, cert: option, key: option },
  });
  const { data, port, host, cert, key } = Arguments.parse(values);
  const { EVENTSTORE_NODE_USERNAME: username, EVENTSTORE_NODE_PASSWORD: password } =
    Secrets.parse(environment);
  if ((cert === undefined) !== (key === undefined)) throw new Error("--cert and --key go together");
  if ((username === undefined) !== (password === undefined)) {
    throw new Error("the user's name and password go together");
  }
  if (username !== undefined && cert === undefined) {
    throw new Error("credentials need TLS: give --cert and --key");
  }
  return {
    path: join(data, "events.db"),
    port,
    host,
    ...(cert && key ? { tls: { certificate: readFileSync(cert), key: readFileSync(key) } } : {}),
    ...(username && password ? { credentials: { username, password } } : {}),
  };
};
