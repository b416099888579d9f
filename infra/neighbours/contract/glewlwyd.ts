/**
 * Debian's Glewlwyd with its SQLite backend and its OpenID Connect plugin, set up through its own
 * administration API: the plugin as that page proposes it, the client as that page proposes it.
 */
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { gunzipSync } from "node:zlib";

import type { Browser } from "@assay/console/identity/browser-stage.ts";

import { programNamed, runProgram } from "./programs.ts";

const installed = "/usr/share/doc/glewlwyd/database/init.sqlite3.sql.gz";

export const glewlwydIsHere = (): boolean => programNamed("glewlwyd") !== undefined;

export type Glewlwyd = {
  readonly issuer: string;
  /** What its page for signing in does, with that password, once the browser was sent there. */
  signIn(browser: Browser, page: string, person: string): Promise<Response>;
  /** Exchanges somebody's roles. */
  setRoles(person: string, roles: readonly string[]): Promise<void>;
  /** A system's token by client credentials. */
  tokenFor(client: string, scope: string): Promise<string>;
  close(): Promise<void>;
};

export type GlewlwydPerson = { readonly name: string; readonly roles: readonly string[] };

type Setting = {
  readonly port: number;
  readonly consoleUrl: string;
  readonly people: Readonly<Record<string, GlewlwydPerson>>;
  /** What the operator changes of the plugin's own settings. */
  readonly changed: Readonly<Record<string, unknown>>;
};

export const secretOf = (client: string): string => `the-secret_of.${client}~1/2==`;
const password = "correct horse";

/** What the administration page fills in for a new plugin, but for the keys. */
const proposed = {
  ...{ "jwt-type": "rsa", "jwt-key-size": "256", "secret-type": "pairwise" },
  ...{ "access-token-duration": 3600, "refresh-token-duration": 1_209_600, "code-duration": 600 },
  ...{ "refresh-token-rolling": true, "refresh-token-one-use": "never", "allow-non-oidc": false },
  ...{ "auth-type-code-enabled": true, "auth-type-token-enabled": true },
  ...{ "auth-type-id-token-enabled": true, "auth-type-none-enabled": true },
  ...{ "auth-type-password-enabled": false, "auth-type-client-enabled": true },
  ...{ "auth-type-refresh-enabled": true, "jwks-show": true, "request-parameter-allow": true },
  ...{ "name-claim": "on-demand", "email-claim": "no", "scope-claim": "no", claims: [] },
  ...{ "allowed-scope": ["openid"], "pkce-allowed": false, "session-management-allowed": false },
  ...{ "session-cookie-name": "GLEWLWYD2_OIDC_SID", "session-cookie-expiration": 2_419_200 },
  ...{ "front-channel-logout-allowed": true, "back-channel-logout-allowed": true },
  ...{ "client-jwks-parameter": "jwks", "client-jwks_uri-parameter": "jwks_uri" },
};

/** Claims of a person's own, which an operator has to add by hand. */
const claimOf = (name: string, property = name) => ({
  ...{ name, "user-property": property, type: "string", mandatory: true, scope: [] },
});

export const startGlewlwyd = async (setting: Setting): Promise<Glewlwyd> => {
  const { port, consoleUrl, people, changed } = setting;
  const folder = mkdtempSync(join(tmpdir(), "assay-glewlwyd-"));
  const base = `http://127.0.0.1:${port}`;
  const running = await runProgram({
    ...{ program: programNamed("glewlwyd")!, port },
    args: [`--config-file=${configIn(folder, base, port)}`],
  });
  const admin = await signedIn(base, "admin", "password");
  const manage = async (method: string, path: string, body?: object): Promise<Response> =>
    call(base, { method, path, cookie: admin, body });
  const module = (await (await manage("GET", "/mod/user/database")).json()) as {
    parameters: { "data-format": Record<string, object> };
  };
  module.parameters["data-format"]["roles"] = { multiple: true, read: true, write: true };
  await manage("PUT", "/mod/user/database", module);
  await manage("PUT", "/mod/user/database/reset");
  const issuer = `${base}/api/oidc`;
  const parameters = { ...proposed, ...keys(), iss: issuer, ...changed };
  const plugin = { module: "oidc", name: "oidc", display_name: "OpenID Connect", parameters };
  await manage("POST", "/mod/plugin/", plugin);
  const scope = { display_name: "x", description: "x", password_required: true, scheme: {} };
  await manage("POST", "/scope/", { ...scope, name: "assay:read" });
  for (const [username, { name, roles }] of Object.entries(people))
    await manage("POST", "/user/", {
      ...{ username, name, roles, password, email: "", enabled: true },
      scope: ["openid", "g_profile"],
    });
  for (const client of clientsOf(consoleUrl)) await manage("POST", "/client/", client);
  return {
    issuer,
    signIn: async (browser, page, person) => {
      const asked = new URL(page).searchParams;
      const post = (method: string, path: string, body: object) =>
        browser.open(`${base}/api${path}`, {
          ...{ method, body: JSON.stringify(body) },
          headers: { "content-type": "application/json" },
        });
      await post("POST", "/auth", { username: person, password });
      await post("PUT", `/auth/grant/${asked.get("client_id")}/`, { scope: asked.get("scope") });
      return browser.open(`${asked.get("callback_url")}&g_continue`);
    },
    setRoles: async (person, roles) => {
      const before = (await (await manage("GET", `/user/${person}`)).json()) as object;
      await manage("PUT", `/user/${person}`, { ...before, roles });
    },
    tokenFor: async (client, wanted) => {
      const credentials = Buffer.from(`${client}:${secretOf(client)}`).toString("base64");
      const answer = await fetch(`${issuer}/token`, {
        method: "POST",
        headers: { authorization: `Basic ${credentials}` },
        body: new URLSearchParams({ grant_type: "client_credentials", scope: wanted }),
      });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      return ((await answer.json()) as { access_token: string }).access_token;
    },
    close: async () => {
      await running.close();
      rmSync(folder, { recursive: true });
    },
  };
};

export const claimsOfPeople = [claimOf("preferred_username", "username"), claimOf("roles")];

/** As the page proposes a client, with addresses; one of them is a system. */
const clientsOf = (consoleUrl: string) => [
  {
    ...{ client_id: "assay-console", client_secret: secretOf("assay-console"), enabled: true },
    ...{ confidential: true, scope: [], token_endpoint_auth_method: ["client_secret_basic"] },
    authorization_type: ["code", "refresh_token"],
    redirect_uri: [`${consoleUrl}/sign-in/callback`],
    post_logout_redirect_uri: `${consoleUrl}/public`,
    backchannel_logout_uri: `${consoleUrl}/sign-out/back-channel`,
  },
  {
    ...{ client_id: "case-system", client_secret: secretOf("case-system"), enabled: true },
    ...{ confidential: true, scope: ["assay:read"], redirect_uri: [] },
    ...{ token_endpoint_auth_method: ["client_secret_basic"] },
    authorization_type: ["client_credentials"],
  },
];

const keys = () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    key: privateKey.export({ format: "pem", type: "pkcs8" }),
    cert: publicKey.export({ format: "pem", type: "spki" }),
  };
};

/** The package's own settings, on a port, a database and a log of the test's own. */
const configIn = (folder: string, base: string, port: number): string => {
  const path = join(folder, "database");
  const database = new DatabaseSync(path);
  database.exec(gunzipSync(readFileSync(installed)).toString());
  database.close();
  const given = readFileSync("/etc/glewlwyd/glewlwyd.conf", "utf8");
  const config = given
    .replace(/^@include.*$/m, `database = { type = "sqlite3" path = "${path}" };`)
    .replace(/^port=.*$/m, `port=${port}\nbind_address="127.0.0.1"`)
    .replace(/^external_url=.*$/m, `external_url="${base}"`)
    .replace(/^log_mode=.*$/m, 'log_mode="console"')
    .replace(/^log_level=.*$/m, 'log_level="ERROR"')
    .replace(/^# static_files_path=.*$/m, 'static_files_path="/usr/share/glewlwyd/webapp"');
  const file = join(folder, "glewlwyd.conf");
  writeFileSync(file, config);
  return file;
};

type Call = {
  readonly method: string;
  readonly path: string;
  readonly cookie?: string;
  readonly body?: object | undefined;
};

const call = async (base: string, { method, path, cookie = "", body }: Call): Promise<Response> => {
  const headers = { cookie, ...(body && { "content-type": "application/json" }) };
  const answer = await fetch(`${base}/api${path}`, {
    ...{ method, headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer;
};

const signedIn = async (base: string, username: string, pass: string): Promise<string> => {
  const body = { username, password: pass };
  const answer = await call(base, { method: "POST", path: "/auth", body });
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
};
