/**
 * The environment of a service that runs by itself, parsed once at its start. What is missing or
 * wrong is all said at once, in words for whoever deploys it.
 */
import { readFileSync } from "node:fs";

import { z } from "zod";

import { nearNames } from "./near-names.ts";
import { edgeFrom, trustedEdgesIn } from "./seal.ts";

export class Misconfigured extends Error {
  readonly code = "misconfigured";
  readonly retry = false;
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`This cannot start as it is set up:\n${problems.map((one) => `  ${one}`).join("\n")}`);
    this.name = "Misconfigured";
    this.problems = problems;
  }
}

export type Environment = Readonly<Record<string, string | undefined>>;

const natsUrl = /^(nats|tls):\/\/[^\s,]+(,(nats|tls):\/\/[^\s,]+)*$/;
const needed = (what: string) => (issue: { readonly input: unknown }) =>
  issue.input === undefined ? `is needed: ${what}` : `must be ${what}`;

/** What a reader makes of a value; what it throws is said in its own words. */
const readBy =
  <Read>(reader: (value: string) => Read) =>
  (value: string, context: z.RefinementCtx): Read => {
    try {
      return reader(value);
    } catch (error) {
      const message = `is not understood: ${(error as Error).message}`;
      context.addIssue({ code: "custom", message });
      return z.NEVER;
    }
  };

export const port = z.coerce.number("must be a number").int().min(0).max(65_535);

/** Where traces are sent, over OTLP and HTTP: the address under which `/v1/traces` is. */
export const collector = z.url("must be an address such as http://127.0.0.1:4318").optional();

/** What every service reads. `<NAME>_FILE` may stand for any of these, naming a file with it. */
export const standaloneEnvironment = {
  EVENTSTORE_URL: z
    .string({ error: needed("esdb:// or kurrentdb:// and where the event store is") })
    .regex(
      /^(esdb|kurrentdb)(\+discover)?:\/\/./,
      "must be esdb:// or kurrentdb:// and where the event store is",
    ),
  NATS_URL: z
    .string({ error: needed("nats:// (or tls://) and where NATS is") })
    .regex(natsUrl, "must be nats:// (or tls://) and where NATS is, several with commas between"),
  /** The text of a `.creds` file. */
  NATS_CREDENTIALS: z.string().min(1).optional(),
  /** Read again whenever a connection to NATS is made again. */
  NATS_URL_FILE: z.string().min(1).optional(),
  NATS_CREDENTIALS_FILE: z.string().min(1).optional(),
  /** Paths of PEM files; naming any of them encrypts the wire. */
  NATS_TLS_CA: z.string().min(1).optional(),
  NATS_TLS_CERT: z.string().min(1).optional(),
  NATS_TLS_KEY: z.string().min(1).optional(),
  /** Under which this service seals what it sends itself, as Assay: PEM, or the seed in base64. */
  SEALING_KEY: z
    .string({ error: needed("an Ed25519 private key of this service's own") })
    .transform(readBy((key) => (edgeFrom("own", key), key))),
  /** Whose commands are carried out: a line each, `people` or `duties` and a verifier key. */
  TRUSTED_EDGES: z
    .string({ error: needed("a line each: people or duties, and a verifier key") })
    .transform(readBy(trustedEdgesIn)),
  /** How many NATS servers keep a copy of public facts and of keys, when their stream is made. */
  NATS_REPLICAS: z.coerce.number("must be a number from 1 to 5").int().min(1).max(5).default(1),
  DATA_DIR: z
    .string({ error: needed("a folder of this replica's own, kept over restarts") })
    .min(1, "must be a folder of this replica's own"),
  /** Where the keys that seal words are: a folder that all services of a machine share, or NATS. */
  KEYS_IN: z
    .string({
      error: needed("a folder with the keys that seal words about children; nats or none"),
    })
    .min(1, "must be the folder with the keys that seal words, or nats, or none"),
  /** `yes`: keys in NATS begin empty although there are facts, whose words nothing opens then. */
  KEYS_BEGIN: z.literal("yes", { error: "can only be yes" }).optional(),
  /** `yes`: where this process has something else than the installation's others, it is right. */
  INSTALLATION_CHANGES: z.literal("yes", { error: "can only be yes" }).optional(),
  /**
   * What wraps those keys, as 64 hexadecimal digits, where it shall not lie beside them. While it
   * is exchanged, a further key stands on a line of its own, and each opens.
   */
  ASSAY_KEY_ENCRYPTION_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}(\s+[0-9a-f]{64})*$/i, "must be 64 hexadecimal digits, a key a line")
    .optional(),
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: port,
  /** Where health in detail, metrics and versions are, where strangers can ask at `PORT`. */
  OPERATIONS_PORT: port.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: collector,
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], {
      error: "must be debug, info, warn, error or silent",
    })
    .default("info"),
  /** How long to wait at the start for the event store and NATS, in seconds. */
  START_PATIENCE: z.coerce.number("must be a number of seconds").min(0).default(60),
  /** Development only: time is what a story's teller says over NATS. */
  ASSAY_STORY_CLOCK: z.enum(["0", "1"], "must be 0 or 1").default("0"),
} as const;

/**
 * What makes calendar entries' names unique in the world. It is a name and no address: nobody asks
 * it, and another one makes every entry a new one to whoever imported the old.
 */
export const calendarDomain = z
  .string()
  .regex(
    /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    "must be a domain of yours in small letters, such as assay.example",
  )
  .default("assay.invalid");

/** Whether a URL's host is this machine, where nothing needs to be encrypted. */
export const isThisMachine = ({ hostname }: URL): boolean =>
  /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);

/**
 * Where Assay itself asks or sends something: never a request's to choose, encrypted unless it is
 * this machine, and without credentials, which have variables of their own.
 */
export const outwardUrl = z.string().superRefine((given, context) => {
  const url = URL.parse(given);
  const add = (message: string): void => context.addIssue({ code: "custom", message });
  if (!url) return add("must be an address such as https://host/path");
  const secure = url.protocol === "https:" || (url.protocol === "http:" && isThisMachine(url));
  if (!secure) add("must be https:// (http:// only on this machine)");
  if (url.username || url.password) add("must not hold a user or a password");
  if (url.hash) add("must not hold a fragment");
});

/**
 * Where people find the console. Browsers keep cookies by host, and every address in every page
 * begins with a slash.
 */
export const consoleUrl = outwardUrl.refine((given) => {
  const { pathname = "/", search = "" } = URL.parse(given) ?? {};
  return pathname === "/" && search === "";
}, "must be a host of the console's own, without a path: https://assay.example");

/** What every published address begins with. */
export const publisherUrl = z
  .url({
    protocol: /^https?$/,
    error: "must be the site's address, such as https://example.org/",
  })
  .endsWith("/", "must end with a slash");

/**
 * Throws `Misconfigured` with everything that is wrong; `check` says what is wrong between
 * variables that are right by themselves.
 */
export const readEnvironment = <Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: Environment,
  check: (found: z.output<z.ZodObject<Shape>>) => readonly string[] = () => [],
): z.output<z.ZodObject<Shape>> => {
  const names = Object.keys(shape);
  const parsed = z.object(shape).safeParse(withFiles(names, environment));
  // A part of what a service reads knows too few names to say which one was meant.
  const near = names.includes("EVENTSTORE_URL") ? nearNames(names, environment) : [];
  const problems = [...near, ...(parsed.success ? check(parsed.data) : [])];
  if (parsed.success && problems.length === 0) return parsed.data;
  const issues = parsed.error?.issues ?? [];
  throw new Misconfigured([
    ...problems,
    ...issues.map(({ path, message }) => `${path.join(".")} ${message}`),
  ]);
};

/** The same, on this port where none is named. */
export const standaloneOn = (usual: number) => ({
  ...standaloneEnvironment,
  PORT: port.default(usual),
});

/** An empty variable counts as one that is not set, as manifests like to have it. */
const withFiles = (names: readonly string[], environment: Environment): object => {
  const found: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of names) {
    const [value, file] = [environment[name], environment[`${name}_FILE`]];
    if (value && file) problems.push(`${name} and ${name}_FILE are both set; one is enough`);
    else if (value) found[name] = value;
    else if (file) {
      try {
        found[name] = readFileSync(file, "utf8").trim();
      } catch {
        problems.push(`${name}_FILE names ${file}, which cannot be read`);
      }
    }
  }
  if (problems.length > 0) throw new Misconfigured(problems);
  return found;
};
