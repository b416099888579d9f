/**
 * A real identity provider (node-oidc-provider) on the loopback interface for the tests: people who
 * are signed in at a word, one system with client credentials, back-channel logout.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

import { exportJWK, generateKeyPair } from "jose";
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
  close(): Promise<void>;
};

export const secrets = {
  "assay-console": "a-long-secret-of-the-console",
  "case-system": "another",
};

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
  const server = createServer();
  const port = await listening(server);
  const issuer = `http://127.0.0.1:${port}`;
  const provider = await createProvider(issuer, consoleUrl, accounts);
  server.on("request", (request, response) => {
    if (request.url?.startsWith("/interaction/"))
      void interact(provider, person, request, response).catch(() => response.destroy());
    else void provider.callback()(request, response);
  });

  return {
    issuer,
    accounts,
    setPerson: (id) => void (person = id),
    tokenFor: async (client, scope, resource = `${consoleUrl}/api`) => {
      const form = { grant_type: "client_credentials", scope, resource };
      const secret = secrets[client as keyof typeof secrets];
      const answer = await fetch(`${issuer}/token`, {
        method: "POST",
        body: new URLSearchParams({ ...form, client_id: client, client_secret: secret }),
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
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
};

const createProvider = async (
  issuer: string,
  consoleUrl: string,
  accounts: ReadonlyMap<string, Account>,
): Promise<Provider> => {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const key = { ...(await exportJWK(privateKey)), use: "sig", alg: "RS256", kid: "one" };
  return new Provider(issuer, {
    adapter: MapAdapter,
    jwks: { keys: [key] },
    cookies: { keys: ["keys-of-the-test"] },
    clients: [
      {
        client_id: "assay-console",
        client_secret: secrets["assay-console"],
        redirect_uris: [`${consoleUrl}/sign-in/callback`],
        post_logout_redirect_uris: [`${consoleUrl}/public`],
        backchannel_logout_uri: `${consoleUrl}/sign-out/back-channel`,
        token_endpoint_auth_method: "client_secret_post",
      },
      {
        client_id: "case-system",
        client_secret: secrets["case-system"],
        grant_types: ["client_credentials"],
        redirect_uris: [],
        response_types: [],
        token_endpoint_auth_method: "client_secret_post",
      },
    ],
    conformIdTokenClaims: false,
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
      ...{ Interaction: 600, Session: 3600, Grant: 3600 },
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
  grant.addOIDCScope("openid profile");
  const grantId = await grant.save();
  return provider.interactionFinished(request, response, { consent: { grantId } });
};
