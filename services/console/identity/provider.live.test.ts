import { createHmac, createPublicKey } from "node:crypto";

import { decodeJwt, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

import { readSettings } from "../config.ts";
import { Browser } from "./browser-stage.ts";
import { openProvider, type Provider } from "./provider.ts";
import { clientKey, type ProviderStage, secrets, startProvider } from "./provider-stage.ts";
import { NotBelieved, ProviderAway } from "./refused.ts";

const consoleUrl = "http://127.0.0.1:9";

let stage: ProviderStage;

const providerWith = (more: Readonly<Record<string, string>> = {}): Provider => {
  const { identity } = readSettings({
    OIDC_ISSUER: stage.issuer,
    OIDC_CLIENT_ID: "assay-console",
    ...(more["OIDC_CLIENT_KEY"] ? {} : { OIDC_CLIENT_SECRET: secrets["assay-console"] }),
    CONSOLE_URL: consoleUrl,
    ...more,
  });
  return openProvider(identity!, consoleUrl);
};

/** There and back, up to the address at which the provider sends the browser back. */
const backFrom = async (provider: Provider) => {
  const { to, departure } = await provider.depart("/");
  const browser = new Browser();
  let at = to;
  while (!at.startsWith(consoleUrl)) at = await browser.step(at);
  return { back: new URL(at), departure };
};

const signIn = async (provider: Provider) => {
  const { back, departure } = await backFrom(provider);
  return provider.arrive(back, departure);
};

/** The cause for which signing in is refused. */
const causeOf = (signing: Promise<unknown>): Promise<string> =>
  signing.then(
    () => "signed in",
    (error: unknown) => {
      if (error instanceof NotBelieved) return error.reason.cause;
      throw error;
    },
  );

beforeAll(async () => {
  stage = await startProvider(consoleUrl);
  stage.accounts.set("1", { preferred_username: "hanna", name: "Hanna", roles: ["auditor"] });
  stage.setPerson("1");
});
afterAll(() => stage.close());
afterEach(() => stage.setChange(undefined));

describe("who the console is to the provider", () => {
  it("is said as discovery offers it", async () => {
    expect(await signIn(providerWith())).toMatchObject({ known: true, subject: "1" });
  });

  it("is said as the setting has it, with the cause where that is wrong", async () => {
    const post = {
      OIDC_CLIENT_ID: "console-post",
      OIDC_CLIENT_SECRET: secrets["console-post"],
    };
    expect(await causeOf(signIn(providerWith(post)))).toBe("invalid_client");
    const told = { ...post, OIDC_CLIENT_AUTH: "client_secret_post" };
    expect(await signIn(providerWith(told))).toMatchObject({ known: true });
  });

  it("is proven by a private key", async () => {
    const pem = clientKey.export({ format: "pem", type: "sec1" }) as string;
    const key = { OIDC_CLIENT_ID: "console-key", OIDC_CLIENT_KEY: pem };
    expect(await signIn(providerWith(key))).toMatchObject({ known: true });
  });
});

describe("an ID token", () => {
  const foreign = generateKeyPair("RS256");
  const forging = (forge: (claims: JWTPayload, token: string) => string | Promise<string>) =>
    stage.setChange(async (path, body) =>
      path === "/token"
        ? {
            ...body,
            id_token: await forge(decodeJwt(String(body["id_token"])), String(body["id_token"])),
          }
        : body,
    );
  const encoded = (value: unknown): string =>
    Buffer.from(JSON.stringify(value)).toString("base64url");

  const forgeries: Record<string, [string, Parameters<typeof forging>[0]]> = {
    "that was changed": [
      "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
      (claims, token) => {
        const [head, , seal] = token.split(".");
        return `${head}.${encoded({ ...claims, roles: ["chief-inspector"] })}.${seal}`;
      },
    ],
    "by a foreign key under a known kid": [
      "ERR_JWS_SIGNATURE_VERIFICATION_FAILED",
      async (claims) =>
        new SignJWT(claims)
          .setProtectedHeader({ alg: "RS256", kid: "one" })
          .sign((await foreign).privateKey),
    ],
    "under an unknown kid": [
      "ERR_JWKS_NO_MATCHING_KEY",
      (claims) => stage.sign(claims, { kid: "two" }),
    ],
    "that nobody signed": [
      "OAUTH_INVALID_RESPONSE",
      (claims) => `${encoded({ alg: "none" })}.${encoded(claims)}.`,
    ],
    "signed with the public key as if it were a secret": [
      "OAUTH_INVALID_RESPONSE",
      (claims) => {
        const pem = createPublicKey({ key: stage.publicKey, format: "jwk" });
        const text = pem.export({ format: "pem", type: "spki" });
        const signed = `${encoded({ alg: "HS256", kid: "one" })}.${encoded(claims)}`;
        return `${signed}.${createHmac("sha256", text).update(signed).digest("base64url")}`;
      },
    ],
    "for another client": ["aud", (claims) => stage.sign({ ...claims, aud: "another" })],
    "whose authorised party is another": [
      "azp",
      (claims) => stage.sign({ ...claims, aud: ["assay-console", "x"], azp: "x" }),
    ],
    "of another issuer": ["iss", (claims) => stage.sign({ ...claims, iss: "https://x.example" })],
    "with another nonce": ["nonce", (claims) => stage.sign({ ...claims, nonce: "stale" })],
    "without a nonce": [
      "OAUTH_INVALID_RESPONSE",
      (claims) => stage.sign({ ...claims, nonce: undefined }),
    ],
    "of an hour ago": [
      "clock",
      (claims) => stage.sign({ ...claims, iat: claims.iat! - 7200, exp: claims.exp! - 7200 }),
    ],
  };

  it.each(Object.keys(forgeries))("%s signs nobody in", async (name) => {
    const [cause, forge] = forgeries[name]!;
    forging(forge);
    expect(await causeOf(signIn(providerWith()))).toBe(cause);
  });

  it("signed by the provider signs in, however it was made by the same hands", async () => {
    forging((claims) => stage.sign(claims));
    expect(await causeOf(signIn(providerWith()))).toBe("signed in");
  });

  it("counts half a minute longer, for clocks that differ", async () => {
    forging((claims) => stage.sign({ ...claims, exp: Math.floor(Date.now() / 1000) - 10 }));
    expect(await causeOf(signIn(providerWith()))).toBe("signed in");
  });
});

describe("what comes back", () => {
  it("is told by UserInfo about the same subject alone", async () => {
    stage.setChange((path, body) => (path === "/me" ? { ...body, sub: "2" } : body));
    expect(await causeOf(signIn(providerWith()))).toBe("sub");
  });

  it("is what the ID token says before what UserInfo says", async () => {
    stage.setChange(async (path, body) => {
      if (path === "/me") return { ...body, roles: ["chief-inspector"] };
      const claims = decodeJwt(String(body["id_token"]));
      return { ...body, id_token: await stage.sign({ ...claims, roles: ["auditor"] }) };
    });
    expect(await signIn(providerWith())).toMatchObject({ roles: ["auditor"], name: "Hanna" });
  });

  it("counts once: a code that was used is refused", async () => {
    const provider = providerWith();
    const { back, departure } = await backFrom(provider);
    expect(await causeOf(provider.arrive(back, departure))).toBe("signed in");
    expect(await causeOf(provider.arrive(back, departure))).toBe("invalid_grant");
  });

  it("counts for the browser alone that set out", async () => {
    const provider = providerWith();
    const { back } = await backFrom(provider);
    const another = await provider.depart("/");
    expect(await causeOf(provider.arrive(back, another.departure))).not.toBe("signed in");
  });

  it("is no refusal while the provider is away", async () => {
    const provider = providerWith();
    const { back, departure } = await backFrom(provider);
    stage.setAway(true);
    await expect(provider.arrive(back, departure)).rejects.toThrow(ProviderAway);
    await expect(providerWith().depart("/")).rejects.toThrow(ProviderAway);
    stage.setAway(false);
  });
});

describe("somebody who stays", () => {
  const offline = { OIDC_SCOPES: "openid profile offline_access", OIDC_PROMPT: "consent" };

  it("is asked for again by their refresh token, and is who they then are", async () => {
    const provider = providerWith(offline);
    const { tokens } = await signIn(provider);
    stage.accounts.set("1", { preferred_username: "hanna", name: "Hanna", roles: [] });
    expect(await provider.renew(tokens.refresh!, "1")).toMatchObject({ known: false });
    stage.accounts.set("1", { preferred_username: "hanna", name: "Hanna", roles: ["auditor"] });
    expect(await causeOf(provider.renew("made-up", "1"))).toBe("invalid_grant");
  });
});
