/**
 * A real identity provider (node-oidc-provider) on the loopback interface for the tests: people
 * who are signed in at a word, systems with client credentials, back-channel logout. As it comes:
 * claims in UserInfo alone, one way for each client to prove who it is, signing out elsewhere.
 */
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import { type Adapter, type AdapterPayload, Provider } from "oidc-provider";

export type Account = {
  readonly preferred_username: string;
  readonly name?: string;
  readonly roles?: readonly string[];
  readonly service?: string;
};

export type ProviderStage = {
  readonly issuer: string;
  readonly accounts: Map<string, Account>;
  /** Who signs in at the next interaction. */
  setPerson(id: string): void;
  /** An access token for a system, as the provider gives it to whoever has the secret. */
  tokenFor(client: string, scope: string, resource?: string): Promise<string>;
  /** Tells the console that somebody's sessions are over. */
  endSessionsOf(subject: string): Promise<void>;
  /** Where people sign out: at another origin than the issuer's. */
  readonly signsOutAt: string;
  /** Changes what `/token` or `/me` answers from now on; undefined changes nothing. */
  setChange(change: Change | undefined): void;
  /** Signs with the provider's own key. */
  sign(claims: JWTPayload, header?: object): Promise<string>;
  readonly publicKey: JWK;
  /** While it is away, it answers nothing but 503. */
  setAway(away: boolean): void;
  close(): Promise<void>;
};

type Answered = Readonly<Record<string, unknown>>;
export type Change = (path: string, body: Answered) => object | Promise<object>;

export const secrets = {
  "assay-console": "a-long-secret-of-the-console",
  "console-post": "another:long secret&of=it",
  "case-system": "another",
};

/** With whose public half the client `console-key` is registered. */
export const clientKey = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;

/** Kept in memory, in the shape that the provider asks for. */
const kept = new Map<string, AdapterPayload>();
class MapAdapter implements Adapter {
  readonly #name: string;
  constructor(name: string) {
    this.#name = name;
  }
  async upsert(id: string, payload: AdapterPayload): Promise<void> {
    kept.set(`${this.#name}/${id}`, payload);
  }
  async find(id: string): Promise<AdapterPayload | undefined> {
    return kept.get(`${this.#name}/${id}`);
  }
  async findByUserCode(): Promise<undefined> {
    return undefined;
  }
  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...kept.values()].find((payload) => payload.uid === uid);
  }
  async consume(id: string): Promise<void> {
    const payload = kept.get(`${this.#name}/${id}`);
    if (payload) payload["consumed"] = Math.floor(Date.now() / 1000);
  }
  async destroy(id: string): Promise<void> {
    kept.delete(`${this.#name}/${id}`);
  }
  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [key, payload] of kept) if (payload.grantId === grantId) kept.delete(key);
  }
}

export const startProvider = async (consoleUrl: string): Promise<ProviderStage> => {
  const accounts = new Map<string, Account>();
  let person = "";
  let away = false;
  let change: Change | undefined;
  const server = createServer();
  const elsewhere = createServer();
  const issuer = await listening(server);
  const signsOutAt = await listening(elsewhere);
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const jwk = { ...(await exportJWK(privateKey)), use: "sig", alg: "RS256", kid: "one" };
  const provider = createProvider({ issuer, consoleUrl, accounts, jwk });
  elsewhere.on("request", ({ url }: IncomingMessage, response: ServerResponse) => {
    response.writeHead(303, { location: `${issuer}${url}` }).end();
  });
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    if (away) return void response.writeHead(503).end("away");
    const path = request.url?.split("?")[0] ?? "";
    if (path === "/token" && isByBasic(request, "console-post"))
      return void response
        .writeHead(401, { "content-type": "application/json" })
        .end(JSON.stringify({ error: "invalid_client" }));
    if (path.startsWith("/interaction/"))
      return void interact(provider, person, request, response).catch(() => response.destroy());
    if (path === "/.well-known/openid-configuration")
      changing(response, (body) => ({
        ...body,
        end_session_endpoint: `${signsOutAt}/session/end`,
      }));
    else if (change && ["/token", "/me"].includes(path))
      changing(response, (body) => change!(path, body));
    return void provider.callback()(request, response);
  });

  return {
    ...{ issuer, accounts, signsOutAt },
    setPerson: (id) => void (person = id),
    setChange: (next) => void (change = next),
    setAway: (next) => void (away = next),
    publicKey: { kty: jwk.kty!, n: jwk.n!, e: jwk.e! },
    sign: (claims, header = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: "RS256", kid: "one", ...header })
        .sign(privateKey),
    tokenFor: async (client, scope, resource = `${consoleUrl}/api`) => {
      const secret = secrets[client as keyof typeof secrets];
      const answer = await fetch(`${issuer}/token`, {
        method: "POST",
        headers: {
          authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString("base64")}`,
        },
        body: new URLSearchParams({ grant_type: "client_credentials", scope, resource }),
      });
      const got = (await answer.json()) as { access_token?: string };
      if (got.access_token === undefined) throw new Error(JSON.stringify(got));
      return got.access_token;
    },
    endSessionsOf: async (subject) => {
      const client = (await provider.Client.find("assay-console")) as unknown as {
        backchannelLogout(subject: string, session: string): Promise<void>;
      };
      await client.backchannelLogout(subject, "");
    },
    close: async () => {
      for (const one of [server, elsewhere]) {
        one.closeAllConnections();
        await new Promise((resolve) => one.close(resolve));
      }
    },
  };
};

/** node-oidc-provider takes a secret either way; most others take it as registered and no other. */
const isByBasic = ({ headers }: IncomingMessage, client: string): boolean =>
  decodeURIComponent(
    Buffer.from(headers.authorization?.replace(/^Basic /, "") ?? "", "base64").toString(),
  ).startsWith(`${client}:`);

/** Whatever JSON this response ends with goes out as `change` makes it. */
const changing = (
  response: ServerResponse,
  change: (body: Answered) => object | Promise<object>,
) => {
  const end = response.end.bind(response) as (text: string) => void;
  response.end = ((chunk: string | Buffer) => {
    const made = Promise.resolve(change(JSON.parse(String(chunk)) as Answered));
    void made.then((body) => {
      const text = JSON.stringify(body);
      response.setHeader("content-length", Buffer.byteLength(text));
      end(text);
    });
    return response;
  }) as never;
};

const listening = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

type Creating = {
  readonly issuer: string;
  readonly consoleUrl: string;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly jwk: JWK;
};

const clientsOf = (consoleUrl: string) => {
  const people = {
    redirect_uris: [`${consoleUrl}/sign-in/callback`],
    post_logout_redirect_uris: [`${consoleUrl}/public`],
    grant_types: ["authorization_code", "refresh_token"],
  };
  return [
    {
      ...people,
      client_id: "assay-console",
      client_secret: secrets["assay-console"],
      backchannel_logout_uri: `${consoleUrl}/sign-out/back-channel`,
    },
    {
      ...people,
      client_id: "console-post",
      client_secret: secrets["console-post"],
      token_endpoint_auth_method: "client_secret_post",
    },
    {
      ...people,
      client_id: "console-key",
      token_endpoint_auth_method: "private_key_jwt",
      jwks: { keys: [createPublicKey(clientKey).export({ format: "jwk" })] },
    },
    {
      client_id: "case-system",
      client_secret: secrets["case-system"],
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
    },
  ];
};

const createProvider = ({ issuer, consoleUrl, accounts, jwk }: Creating): Provider => {
  return new Provider(issuer, {
    adapter: MapAdapter,
    jwks: { keys: [jwk] },
    cookies: { keys: ["keys-of-the-test"] },
    clients: clientsOf(consoleUrl),
    claims: { openid: ["sub"], profile: ["name", "preferred_username", "roles", "service"] },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => Promise.resolve({ sub: id, ...accounts.get(id) }),
    }),
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    // Its own agent keeps it from this machine's addresses, where the console of the test is.
    fetch: (input: string | URL | Request, init: RequestInit = {}) => {
      const { dispatcher: _, ...plain } = init as RequestInit & { readonly dispatcher?: unknown };
      return fetch(input, plain);
    },
    ttl: {
      ...{ AccessToken: 600, AuthorizationCode: 60, ClientCredentials: 600, IdToken: 600 },
      ...{ Interaction: 600, Session: 3600, Grant: 3600, RefreshToken: 3600 },
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context: { body: string }, form: string) => void (context.body = form),
      },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `${consoleUrl}/api`,
        useGrantedResource: () => false,
        getResourceServerInfo: (_: unknown, resource: string) => ({
          scope: "assay:read assay:send",
          audience: resource,
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: "RS256" } },
        }),
      },
    },
  } as ConstructorParameters<typeof Provider>[1]);
};

/** Whoever is to sign in does so, and grants what is asked for. */
const interact = async (
  provider: Provider,
  accountId: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { prompt, params } = await provider.interactionDetails(request, response);
  if (prompt.name === "login")
    return provider.interactionFinished(request, response, { login: { accountId } });
  const grant = new provider.Grant({ accountId, clientId: String(params["client_id"]) });
  grant.addOIDCScope("openid profile offline_access");
  const grantId = await grant.save();
  return provider.interactionFinished(request, response, { consent: { grantId } });
};
