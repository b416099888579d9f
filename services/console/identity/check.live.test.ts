import { afterAll, beforeAll, expect, it } from "vitest";

import { readSettings } from "../config.ts";
import { checkIdentity } from "./check.ts";
import { type ProviderStage, secrets, startProvider } from "./provider-stage.ts";

const consoleUrl = "http://127.0.0.1:9";
let stage: ProviderStage;

beforeAll(async () => {
  stage = await startProvider(consoleUrl);
});
afterAll(() => stage.close());

const check = async (more: Readonly<Record<string, string>> = {}) => {
  const { identity } = readSettings({
    OIDC_ISSUER: stage.issuer,
    OIDC_CLIENT_ID: "assay-console",
    OIDC_CLIENT_SECRET: secrets["assay-console"],
    CONSOLE_URL: consoleUrl,
    ...more,
  });
  const findings = await checkIdentity(identity!, consoleUrl);
  return Object.fromEntries(findings.map(({ what, well, said }) => [what, { well, said }]));
};

it("finds a provider that is as the settings say, and lists what to register", async () => {
  const found = await check();
  expect(Object.values(found).filter(({ well }) => well === false)).toEqual([]);
  expect(found).toMatchObject({
    Discovery: { well: true },
    Keys: { well: true, said: "RS256" },
    Clock: { well: true },
    Client: { well: true, said: expect.stringContaining("no token of its own") },
    "Signing out": { well: true, said: expect.stringContaining(stage.signsOutAt) },
    "Redirect address": { said: `${consoleUrl}/sign-in/callback` },
    "Address after signing out": { said: `${consoleUrl}/public` },
    "Back-channel logout address": { said: `${consoleUrl}/sign-out/back-channel` },
  });
});

it("says what is wrong with the client, and what would mend it", async () => {
  expect((await check({ OIDC_CLIENT_SECRET: "wrong" }))["Client"]).toEqual({
    well: false,
    said: "invalid_client by client_secret_basic: compare OIDC_CLIENT_ID and its secret",
  });
  const post = { OIDC_CLIENT_ID: "console-post", OIDC_CLIENT_SECRET: secrets["console-post"] };
  expect((await check(post))["Client"]).toEqual({
    well: false,
    said: "invalid_client by client_secret_basic: set OIDC_CLIENT_AUTH=client_secret_post",
  });
});

it("says where nothing was found, and that the issuer is another", async () => {
  const { Discovery } = await check({ OIDC_ISSUER: "http://127.0.0.1:1" });
  expect(Discovery).toMatchObject({ well: false, said: expect.stringContaining("not answer") });
  const another = await check({ OIDC_ISSUER: stage.issuer.replace("127.0.0.1", "localhost") });
  expect(another["Discovery"]).toMatchObject({
    well: false,
    said: expect.stringContaining("to the letter"),
  });
});
