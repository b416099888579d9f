/**
 * What the console reads from its environment. Without `OIDC_ISSUER` there is no way to sign in but
 * the demonstration's, which is for this machine only.
 */
import { createPrivateKey } from "node:crypto";

import { Role } from "@assay/domain/kernel/actor.ts";
import { PersonId, ServiceId } from "@assay/domain/kernel/ids.ts";
import {
  calendarDomain,
  consoleUrl,
  type Environment,
  isThisMachine,
  outwardUrl,
  port,
  readEnvironment,
  standaloneOn,
} from "@assay/host/environment.ts";
import { z } from "zod";

import { algorithmOf } from "./identity/client-key.ts";

const asJson = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: "custom", message: "must be JSON" });
    return z.NEVER;
  }
};

/** Nobody signs in as Assay itself. */
const PersonalRole = Role.exclude(["system"]);

const Client = z.strictObject({
  person: PersonId,
  role: PersonalRole,
  service: ServiceId.optional(),
  /** For whom its tokens are made out, where that is not `API_AUDIENCE`. */
  audience: z.string().min(1).optional(),
  /** The subject of its tokens, where nothing else in them says that they are no person's. */
  subject: z.string().min(1).optional(),
});

const claim = z
  .string()
  .regex(
    /^([\w.:-]+|https?:\/\/\S+)$/,
    "must be a claim's name, with dots for its parts, or a URL",
  );

const ways = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"] as const;
export type ClientAuthentication = (typeof ways)[number];

/** What a value of the provider's means: one, or several. */
const meaning = <One extends z.ZodType>(one: One) =>
  z
    .string()
    .transform(asJson)
    .pipe(z.record(z.string(), z.union([one.transform((only) => [only]), z.array(one)])));

const ownNames = <Name extends string>(names: readonly Name[]): Record<string, Name[]> =>
  Object.fromEntries(names.map((name) => [name, [name]]));

const Scope = z.enum(["assay:read", "assay:send"]);
export type Scope = z.infer<typeof Scope>;

const signingKey = z.string().superRefine((pem, context) => {
  try {
    algorithmOf(createPrivateKey(pem));
  } catch (error) {
    const message = `must be a private key (PEM): ${(error as Error).message}`;
    context.addIssue({ code: "custom", message });
  }
});

const shape = {
  OIDC_ISSUER: outwardUrl.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** Instead of a secret: a private key (PEM), and the name under which the provider knows it. */
  OIDC_CLIENT_KEY: signingKey.optional(),
  OIDC_CLIENT_KEY_ID: z.string().min(1).optional(),
  /** How the client proves who it is; by default as discovery offers it. */
  OIDC_CLIENT_AUTH: z.enum(ways, `must be one of ${ways.join(", ")}`).optional(),
  /** `no` for a provider that refuses what it does not know; the nonce stands for it then. */
  OIDC_PKCE: z.enum(["yes", "no"], "must be yes or no").default("yes"),
  OIDC_SCOPES: z.string().min(1).default("openid profile"),
  /** What people are asked each time; some providers give refresh tokens for `consent` alone. */
  OIDC_PROMPT: z.enum(["consent", "login", "select_account"]).optional(),
  /** Where people find the console; what comes back from signing in comes back there. */
  CONSOLE_URL: consoleUrl.optional(),
  /** Under which claims the provider says who somebody is. */
  OIDC_PERSON_CLAIM: claim.default("preferred_username"),
  OIDC_NAME_CLAIM: claim.default("name"),
  OIDC_ROLES_CLAIM: claim.default("roles"),
  OIDC_SERVICE_CLAIM: claim.default("service"),
  /** Which of the provider's values mean which role or roles, as JSON; by default the same. */
  OIDC_ROLES: meaning(PersonalRole).default(ownNames(PersonalRole.options)),
  /** For whom access tokens must be made out. */
  API_AUDIENCE: z.string().min(1).optional(),
  /** Which client may use the API, and as whom, as JSON: `{"<client id>": {person, role}}`. */
  API_CLIENTS: z.string().transform(asJson).pipe(z.record(z.string(), Client)).default({}),
  /** Which of the provider's values mean which scope, as JSON; by default the same. */
  API_SCOPES: meaning(Scope).default(ownNames(Scope.options)),
  /** How many requests of the API one client may send at once, and in a second in the long run. */
  API_BURST: z.coerce.number("must be a number").int().min(1).default(200),
  API_RATE: z.coerce.number("must be a number").min(0.1).default(50),
  CALENDAR_DOMAIN: calendarDomain,
  /** How many proxies stand in front and say in X-Forwarded-For whom they were asked by. */
  PROXIES: z.coerce.number("must be a number").int().min(0).max(9).default(0),
  SESSION_IDLE_MINUTES: z.coerce.number("must be a number of minutes").min(1).default(30),
  SESSION_HOURS: z.coerce.number("must be a number of hours").min(0.1).max(24).default(10),
  /** After so long the provider is asked again whether somebody still has their roles. */
  SESSION_ROLES_MINUTES: z.coerce.number("must be a number of minutes").min(1).max(60).default(5),
  /** `yes` asks for the demonstration, in which anybody on this machine may act as anybody. */
  DEMONSTRATION: z.enum(["yes", "no"], "must be yes or no").optional(),
};

export type Identity = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly clientKey: string | undefined;
  readonly clientKeyId: string | undefined;
  readonly clientAuth: ClientAuthentication | undefined;
  readonly pkce: boolean;
  readonly scopes: string;
  readonly prompt: string | undefined;
  readonly claims: {
    readonly person: string;
    readonly name: string;
    readonly roles: string;
    readonly service: string;
  };
  readonly roles: Readonly<Record<string, readonly Exclude<Role, "system">[]>>;
  readonly audience: string;
  readonly clients: Readonly<Record<string, z.infer<typeof Client>>>;
  readonly scopesMeant: Readonly<Record<string, readonly Scope[]>>;
};

export type ConsoleSettings = {
  /** Undefined: the demonstration, on this machine only. */
  readonly identity: Identity | undefined;
  readonly url: string | undefined;
  readonly proxies: number;
  readonly calendarDomain: string;
  readonly api: { readonly burst: number; readonly rate: number };
  readonly session: SessionLimits;
};

/** In milliseconds. */
export type SessionLimits = {
  /** How long a session lasts unused. */
  readonly idle: number;
  /** How long it lasts at most. */
  readonly most: number;
  /** How long roles count without asking the provider again. */
  readonly roles: number;
};

type Read = z.output<z.ZodObject<typeof shape>>;

/** What goes together: no setting of a provider is left over, and none that it needs is missing. */
const together = (found: Read, byName: boolean): readonly string[] => {
  const problem = (wrong: boolean, said: string): readonly string[] => (wrong ? [said] : []);
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_AUTH: way, DEMONSTRATION: wanted } = found;
  const url = found.CONSOLE_URL === undefined ? undefined : new URL(found.CONSOLE_URL);
  if (issuer !== undefined)
    return [
      ...problem(wanted === "yes", "DEMONSTRATION=yes and OIDC_ISSUER exclude each other"),
      ...problem(!found.OIDC_CLIENT_ID, "OIDC_CLIENT_ID is needed with OIDC_ISSUER"),
      ...problem(!url, "CONSOLE_URL is needed with OIDC_ISSUER"),
      ...problem(
        found.OIDC_PKCE === "no" && !found.OIDC_CLIENT_SECRET && !found.OIDC_CLIENT_KEY,
        "OIDC_CLIENT_SECRET or OIDC_CLIENT_KEY is needed with OIDC_PKCE=no",
      ),
      ...problem(
        way === "private_key_jwt" && !found.OIDC_CLIENT_KEY,
        "OIDC_CLIENT_KEY is needed with OIDC_CLIENT_AUTH=private_key_jwt",
      ),
      ...problem(
        (way?.startsWith("client_secret") ?? false) && !found.OIDC_CLIENT_SECRET,
        `OIDC_CLIENT_SECRET is needed with OIDC_CLIENT_AUTH=${way}`,
      ),
    ];
  const forgotten = "OIDC_ISSUER is needed, or nobody can sign in";
  return [
    ...problem(
      url !== undefined && !isThisMachine(url),
      `${forgotten}: CONSOLE_URL is beyond this machine, where there is no demonstration`,
    ),
    ...problem(found.OIDC_CLIENT_ID !== undefined, `${forgotten}: OIDC_CLIENT_ID is set`),
    ...problem(found.PROXIES > 0, `${forgotten}: PROXIES is set, and a demonstration has none`),
    ...problem(
      wanted === "no" || (byName && wanted === undefined),
      `${forgotten}; a demonstration on this machine is asked for by DEMONSTRATION=yes`,
    ),
  ];
};

/**
 * Who can sign in, and for how long: of the console within another process too. `byName`: without a
 * provider it is a demonstration only where somebody asks for one.
 */
export const readSettings = (
  environment: Environment,
  { byName }: { readonly byName: boolean } = { byName: false },
): ConsoleSettings => {
  const read = readEnvironment(shape, environment, (found) => together(found, byName));
  const url = read.CONSOLE_URL?.replace(/\/$/, "");
  return {
    url,
    proxies: read.PROXIES,
    calendarDomain: read.CALENDAR_DOMAIN,
    api: { burst: read.API_BURST, rate: read.API_RATE },
    session: {
      idle: read.SESSION_IDLE_MINUTES * 60_000,
      most: read.SESSION_HOURS * 3_600_000,
      roles: read.OIDC_ISSUER === undefined ? Infinity : read.SESSION_ROLES_MINUTES * 60_000,
    },
    identity: read.OIDC_ISSUER === undefined ? undefined : identityIn(read, url!),
  };
};

const identityIn = (read: Read, url: string): Identity => ({
  issuer: read.OIDC_ISSUER!,
  clientId: read.OIDC_CLIENT_ID!,
  clientSecret: read.OIDC_CLIENT_SECRET,
  clientKey: read.OIDC_CLIENT_KEY,
  clientKeyId: read.OIDC_CLIENT_KEY_ID,
  clientAuth: read.OIDC_CLIENT_AUTH,
  pkce: read.OIDC_PKCE === "yes",
  scopes: read.OIDC_SCOPES,
  prompt: read.OIDC_PROMPT,
  claims: {
    person: read.OIDC_PERSON_CLAIM,
    name: read.OIDC_NAME_CLAIM,
    roles: read.OIDC_ROLES_CLAIM,
    service: read.OIDC_SERVICE_CLAIM,
  },
  roles: read.OIDC_ROLES,
  audience: read.API_AUDIENCE ?? `${url}/api`,
  clients: read.API_CLIENTS,
  scopesMeant: read.API_SCOPES,
});

const standalone = {
  ...standaloneOn(4600),
  OPERATIONS_PORT: port.default(4606),
  /** Where files that services send are kept: a folder that all replicas share, or `nats`. */
  FILES_IN: z.string().min(1).optional(),
  /** `nats`: replicas share sessions, accounts and what is typed and not sent. */
  SESSIONS_IN: z.literal("nats", "must be nats, or not set").optional(),
  /** The folder of the published site, where this process can read it: served under `/site/`. */
  SITE_DIR: z.string().min(1).optional(),
  /** The publisher's folder of records and public keys, where this process can read it. */
  LEDGER_DIR: z.string().min(1).optional(),
  /**
   * `yes` in a container whose port is published on its own machine alone. Otherwise the console
   * answers whoever comes from the machine that it runs on, and nobody else.
   */
  BEHIND_PUBLISHED_PORT: z.enum(["yes", "no"], "must be yes or no").default("no"),
};

/** What the console reads as a process of its own. */
export const readConfig = (environment: Environment) => ({
  ...readEnvironment(standalone, environment),
  settings: readSettings(environment, { byName: true }),
});
