/**
 * What the console reads from its environment. Without `OIDC_ISSUER` there is no way to sign in but
 * the demonstration's, and then only on this machine.
 */
import { Role } from "@assay/domain/kernel/actor.ts";
import { PersonId, ServiceId } from "@assay/domain/kernel/ids.ts";
import {
  calendarDomain,
  type Environment,
  outwardUrl,
  readEnvironment,
  standaloneEnvironment,
} from "@assay/host/environment.ts";
import { z } from "zod";

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
});

const claim = z.string().regex(/^[\w.-]+$/, "must be a claim's name, with dots for its parts");

const shape = {
  OIDC_ISSUER: outwardUrl.optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_SCOPES: z.string().min(1).default("openid profile"),
  /** Where people find the console; what comes back from signing in comes back there. */
  CONSOLE_URL: outwardUrl.optional(),
  /** Under which claims the provider says who somebody is. */
  OIDC_PERSON_CLAIM: claim.default("preferred_username"),
  OIDC_NAME_CLAIM: claim.default("name"),
  OIDC_ROLES_CLAIM: claim.default("roles"),
  OIDC_SERVICE_CLAIM: claim.default("service"),
  /** Which of the provider's values mean which role, as JSON; each role's own name by default. */
  OIDC_ROLES: z
    .string()
    .transform(asJson)
    .pipe(z.record(z.string(), PersonalRole))
    .default(Object.fromEntries(PersonalRole.options.map((role) => [role, role]))),
  /** For whom access tokens must be made out. */
  API_AUDIENCE: z.string().min(1).optional(),
  /** Which client may use the API, and as whom, as JSON: `{"<client id>": {person, role}}`. */
  API_CLIENTS: z.string().transform(asJson).pipe(z.record(z.string(), Client)).default({}),
  /** How many requests of the API one client may send at once, and in a second in the long run. */
  API_BURST: z.coerce.number("must be a number").int().min(1).default(200),
  API_RATE: z.coerce.number("must be a number").min(0.1).default(50),
  CALENDAR_DOMAIN: calendarDomain,
  /** How many proxies stand in front and say in X-Forwarded-For whom they were asked by. */
  PROXIES: z.coerce.number("must be a number").int().min(0).max(9).default(0),
  SESSION_IDLE_MINUTES: z.coerce.number("must be a number of minutes").min(1).default(30),
  SESSION_HOURS: z.coerce.number("must be a number of hours").min(0.1).max(24).default(10),
};

export type Identity = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly scopes: string;
  readonly claims: {
    readonly person: string;
    readonly name: string;
    readonly roles: string;
    readonly service: string;
  };
  readonly roles: Readonly<Record<string, Exclude<Role, "system">>>;
  readonly audience: string;
  readonly clients: Readonly<Record<string, z.infer<typeof Client>>>;
};

export type ConsoleSettings = {
  /** Undefined: the demonstration, on this machine only. */
  readonly identity: Identity | undefined;
  readonly url: string | undefined;
  readonly proxies: number;
  readonly calendarDomain: string;
  readonly api: { readonly burst: number; readonly rate: number };
  /** In milliseconds: how long a session lasts unused, and at most. */
  readonly session: { readonly idle: number; readonly most: number };
};

/** Who can sign in, and for how long: of the console within another process too. */
export const readSettings = (environment: Environment): ConsoleSettings => {
  const read = readEnvironment(shape, environment, (found) =>
    found.OIDC_ISSUER === undefined
      ? []
      : [
          ...(found.OIDC_CLIENT_ID ? [] : ["OIDC_CLIENT_ID is needed with OIDC_ISSUER"]),
          ...(found.CONSOLE_URL ? [] : ["CONSOLE_URL is needed with OIDC_ISSUER"]),
        ],
  );
  const url = read.CONSOLE_URL?.replace(/\/$/, "");
  return {
    url,
    proxies: read.PROXIES,
    calendarDomain: read.CALENDAR_DOMAIN,
    api: { burst: read.API_BURST, rate: read.API_RATE },
    session: { idle: read.SESSION_IDLE_MINUTES * 60_000, most: read.SESSION_HOURS * 3_600_000 },
    identity:
      read.OIDC_ISSUER === undefined
        ? undefined
        : {
            issuer: read.OIDC_ISSUER,
            clientId: read.OIDC_CLIENT_ID!,
            clientSecret: read.OIDC_CLIENT_SECRET,
            scopes: read.OIDC_SCOPES,
            claims: {
              person: read.OIDC_PERSON_CLAIM,
              name: read.OIDC_NAME_CLAIM,
              roles: read.OIDC_ROLES_CLAIM,
              service: read.OIDC_SERVICE_CLAIM,
            },
            roles: read.OIDC_ROLES,
            audience: read.API_AUDIENCE ?? `${url!}/api`,
            clients: read.API_CLIENTS,
          },
  };
};

const standalone = {
  ...standaloneEnvironment,
  PORT: standaloneEnvironment.PORT.default(4600),
  /**
   * `yes` in a container whose port is published on its own machine alone. Otherwise the console
   * answers whoever comes from the machine that it runs on, and nobody else.
   */
  BEHIND_PUBLISHED_PORT: z.enum(["yes", "no"], "must be yes or no").default("no"),
};

/** What the console reads as a process of its own. */
export const readConfig = (environment: Environment) => ({
  ...readEnvironment(standalone, environment),
  settings: readSettings(environment),
});
