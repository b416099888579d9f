/** How a service, or a command beside the services, reaches NATS by the services' own settings. */
import { readFileSync } from "node:fs";

import type { NatsOptions } from "@assay/bus/nats-options.ts";
import { z } from "zod";

import { type Environment, readEnvironment, standaloneEnvironment } from "./environment.ts";
import { trustedEdgesIn } from "./seal.ts";

const place = z.string().min(1).optional();

/** The list as text, once it is understood. */
const edges = place.superRefine((lines, context) => {
  try {
    trustedEdgesIn(lines ?? "");
  } catch (error) {
    context.addIssue({ code: "custom", message: `is not understood: ${(error as Error).message}` });
  }
});

/** Of what services read, what a command beside them needs to reach the same servers. */
const member = {
  ...z.object(standaloneEnvironment).partial().shape,
  FILES_IN: place,
  PUBLISHING_DIR: place,
  TRUSTED_EDGES: edges,
};

/** Where an installation is, as the services' own variables say, `<NAME>_FILE` included. */
export type Installation = {
  readonly store: string | undefined;
  /** A folder, `nats` or `none`. */
  readonly keys: string | undefined;
  /** A folder or `nats`. */
  readonly files?: string | undefined;
  readonly nats: NatsOptions | undefined;
  /** How many NATS servers are to keep a copy. */
  readonly replicas?: number | undefined;
  /** The publisher's folder, where it is another than the data folder. */
  readonly publishing?: string | undefined;
  /** The data folder of the service whose settings these are. */
  readonly data?: string | undefined;
  /** The verifier keys of its consoles. */
  readonly consoles?: readonly string[];
};

/** Throws `Misconfigured`. */
export const installationIn = (environment: Environment): Installation => {
  const read = readEnvironment(member, environment);
  const { NATS_URL, TRUSTED_EDGES: lines } = read;
  return {
    store: read.EVENTSTORE_URL,
    keys: read.KEYS_IN,
    files: read.FILES_IN,
    nats: NATS_URL === undefined ? undefined : natsOf("cli", { ...read, NATS_URL }),
    replicas: read.NATS_REPLICAS,
    publishing: read.PUBLISHING_DIR,
    data: read.DATA_DIR,
    consoles: [...(lines ?? "").matchAll(/^people[ \t]+(\S+)/gm)].map(([, key]) => key!),
  };
};

type Name =
  | `NATS_${"CREDENTIALS" | "URL_FILE" | "CREDENTIALS_FILE"}`
  | `NATS_TLS_${"CA" | "CERT" | "KEY"}`;
type NatsSettings = { readonly NATS_URL: string } & {
  readonly [name in Name]?: string | undefined;
};

/** What one service has for itself, `<NAME>_FILE` included. Throws `Misconfigured`. */
export const secretsIn = (environment: Environment) =>
  readEnvironment(
    {
      ...{ SAMPLING_SECRET: place, SEALING_KEY: place, TRUSTED_EDGES: edges },
      ...{ SIGNING_KEY: place, SIGNING_AGENT: place, PUBLISHES: place, DATA_DIR: place },
    },
    environment,
  );
export type Secrets = ReturnType<typeof secretsIn>;

/** How a service reaches NATS, under a name of its own. */
export const natsOf = (name: string, config: NatsSettings): NatsOptions => {
  const { NATS_URL: url, NATS_CREDENTIALS: credentials } = config;
  const { NATS_URL_FILE: urlFile, NATS_CREDENTIALS_FILE: credentialsFile } = config;
  const { NATS_TLS_CA: caFile, NATS_TLS_CERT: certFile, NATS_TLS_KEY: keyFile } = config;
  const tls = {
    ...(caFile ? { caFile } : {}),
    ...(certFile ? { certFile } : {}),
    ...(keyFile ? { keyFile } : {}),
  };
  return {
    url,
    name: `assay-${name}`,
    ...(credentials ? { credentials } : {}),
    again: () => ({
      url: textIn(urlFile) ?? url,
      ...(credentials ? { credentials: textIn(credentialsFile) ?? credentials } : {}),
    }),
    ...(Object.keys(tls).length > 0 ? { tls } : {}),
  };
};

/** Undefined while there is no such file: it may be exchanged just now. */
const textIn = (file: string | undefined): string | undefined => {
  try {
    return file === undefined ? undefined : readFileSync(file, "utf8").trim() || undefined;
  } catch {
    return undefined;
  }
};
