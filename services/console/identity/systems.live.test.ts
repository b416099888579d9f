import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { type BehindProvider, openBehindProvider } from "../contract/behind-provider.ts";
import type { ProviderStage } from "./provider-stage.ts";

describe("systems by their tokens", () => {
  let stage: BehindProvider;
  let provider: ProviderStage;

  beforeAll(async () => {
    stage = await openBehindProvider();
    ({ provider } = stage);
  });
  afterAll(() => stage.close());

  const api = (path: string, token: string, init?: RequestInit) => stage.api(path, token, init);
  const noted = (act: string) => stage.noted(act);

  it("lets systems do what their scopes say, as who the configuration says they are", async () => {
    const reader = await provider.tokenFor("case-system", "assay:read");
    expect((await api("/inspections", reader)).status).toBe(200);
    const command = {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": randomUUID() },
      body: JSON.stringify({ type: "ChaseRequest", inspection: "nowhere", request: "case-list" }),
    };
    const denied = await api("/commands", reader, command);
    expect(denied.status).toBe(403);
    expect(denied.headers.get("www-authenticate")).toContain('scope="assay:send"');
    const sender = await provider.tokenFor("case-system", "assay:read assay:send");
    const refused = await api("/commands", sender, command);
    expect([refused.status, ((await refused.json()) as { refusal: object }).refusal]).toEqual([
      409,
      { reason: "UnknownInspection" },
    ]);
    expect(noted("asked")).toContain("case-system ChaseRequest: UnknownInspection");
    expect((await api("/inspections", "auditor/auditor/")).status).toBe(401);
  });

  it("says to a program why its token is not believed", async () => {
    const elsewhere = await provider.tokenFor(
      "case-system",
      "assay:read",
      "https://other.example/",
    );
    const challenge = (await api("/inspections", elsewhere)).headers.get("www-authenticate");
    expect(challenge).toBe(
      'Bearer error="invalid_token", error_description="aud is not what it has to be"',
    );
  });

  it("believes no token that was changed, is for another, or is too often wrong", async () => {
    const good = await provider.tokenFor("case-system", "assay:read");
    const elsewhere = await provider.tokenFor(
      "case-system",
      "assay:read",
      "https://other.example/",
    );
    const [head, body, seal] = good.split(".") as [string, string, string];
    const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    const wrong = [elsewhere, `${head}.${body}x.${seal}`, `${none}.${body}.`, "x", `${good}x`];
    for (const token of wrong) expect((await api("/inspections", token)).status).toBe(401);
    const answers: number[] = [];
    for (let tries = 0; tries < 12; tries += 1)
      answers.push((await api("/inspections", `wrong-${tries}`)).status);
    expect(answers.at(-1)).toBe(429);
    // Whoever shares the address is not locked out: a token that holds is no guess.
    expect((await api("/inspections", good)).status).toBe(200);
    expect(noted("denied").filter((what) => what.includes("no signed token")).length).toBeLessThan(
      answers.length,
    );
  });
});
